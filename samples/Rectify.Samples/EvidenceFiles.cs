using System.Globalization;
using System.Text;

namespace Rectify.Samples;

/// <summary>A file of a piece of evidence, and the row of the index that says what it is.</summary>
/// <param name="Piece">Tells pieces apart; several rows with one number are versions.</param>
/// <param name="Tasks">The numbers of the tasks that it proves.</param>
/// <param name="Measure">The measures of the first task that it proves: * for all of them; empty for the task itself.</param>
/// <param name="Added">The day on which it was handed in.</param>
/// <param name="Reason">Why it took the place of the version before.</param>
internal sealed record EvidenceRow(
    int Piece, int Version, string File, IReadOnlyList<int> Tasks, string Measure, string Kind, string Title, DateOnly Effective, string Issuer, string Number, string Place,
    decimal? Latitude, decimal? Longitude, DateOnly? From, DateOnly? To, DateOnly Added, string Reason)
{
    public const string Head = "piece\tversion\tfile\ttasks\tmeasure\tkind\ttitle\teffective\tissuer\tnumber\tplace\tlatitude\tlongitude\tfrom\tto\tadded\treason";

    public string ToLine() => string.Join(
        '\t',
        Text(Piece), Text(Version), File, string.Join(' ', Tasks), Measure, Kind, Title, Day(Effective), Issuer, Number, Place, Text(Latitude), Text(Longitude),
        Day(From), Day(To), Day(Added), Reason);

    private static string Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "";

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}

/// <summary>The evidence of the sample programme: photos, reports, opinions, minutes, and the index of them all.</summary>
internal static class EvidenceFiles
{
    public const string Index = "index.tsv";

    /// <summary>Every file by name, the index last. The same data gives the same bytes.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> All(SampleData data)
    {
        var rows = new List<EvidenceRow>();
        foreach (var (row, make) in new EvidenceList(data).All())
        {
            rows.Add(row);
            if (make is not null)
            {
                yield return (row.File, make());
            }
        }

        yield return (Index, Encoding.UTF8.GetBytes(string.Concat(rows.Select(row => row.ToLine()).Prepend(EvidenceRow.Head).Select(line => line + "\n"))));
    }
}

/// <summary>Which evidence each task has, by its kind of work and by how far it is.</summary>
internal sealed class EvidenceList(SampleData data)
{
    private static readonly DateOnly FirstAdded = new(2018, 3, 1);

    // A task whose monitoring report is of the year before the plan.
    private const int Outdated = 39;

    // A task whose notice was kept as it stood on the site, and one whose unit adds to its papers after it had signed.
    private const int Shown = 42, Amended = 15;

    private readonly Dictionary<string, Unit> units = data.Units.ToDictionary(unit => unit.Id);
    private int piece;

    /// <returns>The rows, each with what makes its file; null where the file is another row's.</returns>
    public IEnumerable<(EvidenceRow Row, Func<byte[]>? Make)> All()
    {
        List<(EvidenceRow Row, Func<byte[]>? Make)> all = [.. data.Plan.Tasks.Zip(data.History.Tasks).SelectMany(one => Of(one.First, one.Second))];
        var (shown, noticed) = (data.Plan.Tasks[Shown - 1], data.History.Tasks[Shown - 1].NoticeFrom!.Value);
        var host = units[shown.UnitsAs("lead").First()];
        return
        [
            .. all,
            (
                new(
                    ++piece, 1, $"{Shown:000}-公示截图.jpg", [Shown], "", "Notice", $"{shown.NumberText}任务公示网页截图", noticed, host.ShortName, "", "", null, null, null, null, noticed, ""),
                () => SitePhoto.Page(
                    "云岭自治区人民政府", [$"关于{shown.NumberText}整改任务完成情况的公示", $"发布日期：{Chinese(noticed)}", "公示期：5个工作日", $"责任单位：{host.Name}", "整改目标：", .. shown.Goal.Chunk(30).Select(line => new string(line)), "公示期内如有异议，请实名反映。"])
            ),
            .. all.Where(one => one.Row.File == $"{Amended:000}-proof.docx").Select(one => (
                one.Row with { Version = 2, File = $"{Amended:000}-proof-2.docx", Added = one.Row.Added.AddDays(9), Reason = "补充了一份检查记录。" },
                (Func<byte[]>?)new EvidencePaper(units[data.Plan.Tasks[Amended - 1].UnitsAs("lead").First()].Name, "", one.Row.Title, ["本汇编补充一份检查记录，其余内容不变。"], one.Row.Effective).ToDocx)),
        ];
    }

    private IEnumerable<(EvidenceRow Row, Func<byte[]>? Make)> Of(PlanTask task, TaskHistory told)
    {
        var (family, number) = (data.Families[task.TaskType], task.Number);
        var done = told.CompletedOn is { } completed && completed <= data.History.AsOf ? completed : (DateOnly?)null;
        if (family is not "institution")
        {
            var before = told.StartedOn.AddDays(-1 - (number % 9));
            yield return Photo(task, family, clean: false, "整治前", before, Added(before, 5), measured: number % 11 != 0);
            var last = done?.AddDays(-2) ?? new(2019, 3, 6 + (number % 14));
            var after = done is null ? "整治中" : "整治后";
            var photo = Photo(task, family, clean: done is not null, after, last, Added(last, 3), measured: number % 11 != 0);
            yield return photo;
            if (number % 13 == 0)
            {
                yield return Again(photo.Row, "原照片看板上的日期写错，重新拍摄。", last.AddDays(1), (name, day) =>
                    (name, () => Exif.Into(SitePhoto.Draw(family, done is not null, Seed($"{number}{after}2"), Board(task, after, day)), At(day, number), photo.Row.Latitude!.Value, photo.Row.Longitude!.Value)));
            }

            foreach (var earlier in told.Cycles.SkipLast(1))
            {
                yield return Photo(task, family, clean: true, "首次整治后", earlier.CompletedOn.AddDays(-2), Added(earlier.CompletedOn.AddDays(-2), 3), measured: number % 11 != 0);
            }

            if (number is 43 or 26)
            {
                // The same picture handed in for another task too: what checks by hash find.
                var other = data.Plan.Tasks[(number == 43 ? 76 : 35) - 1];
                yield return (photo.Row with { Piece = ++piece, Tasks = [other.Number], Title = $"{other.NumberText}{photo.Row.Place}{after}现场照片（二）", Added = photo.Row.Added.AddDays(1) }, null);
            }
        }

        if ((family is "water" || (family is "air" or "waste" && number % 2 == 0)) && (done is not null || number is 44 or Outdated))
        {
            yield return Report(task, done ?? data.History.AsOf.AddDays(-9));
        }

        if (told.AcceptedOn is { } accepted && accepted <= data.History.AsOf && number % 3 == 0)
        {
            yield return Paper(task, "Acceptance", "acceptance", "验收意见", accepted, UnitOf(task, "accept"), $"云验〔{accepted.Year}〕{number}号", pdf: true,
                [$"按照整改方案和验收办法，{UnitOf(task, "accept").Name}组织对{task.NumberText}任务进行了现场核查和资料审查。", $"整改目标：{task.Goal}", $"核查情况：{told.Situation}", "验收组认为，该项任务达到整改目标要求，同意通过验收。"]);
        }

        if (told.NoticeFrom is { } notice && notice <= data.History.AsOf && number % 6 == 1)
        {
            yield return Paper(task, "Notice", "notice", "整改完成情况公示", notice, UnitOf(task, "lead"), "", pdf: false,
                [$"现将{task.NumberText}任务整改完成情况予以公示，公示期5个工作日。", $"整改目标：{task.Goal}", $"完成情况：{told.Situation}", "公示期间如有异议，请以书面形式反映。"]);
        }

        if (family is "institution" && (number % 2 == 1 || done is not null))
        {
            var met = told.StartedOn.AddDays(20);
            yield return Paper(task, "Minutes", "minutes", "整改专题会议纪要", met, UnitOf(task, "lead"), $"〔{met.Year}〕{number}号", pdf: false,
                ["会议听取了整改进展情况汇报，研究了下一步工作。", .. task.Measures.Take(3).Select(measure => $"会议要求：{measure.Text}")]);
        }

        foreach (var (i, cycle) in told.Cycles.Index())
        {
            var report = Paper(task, "Document", i == 0 ? "report" : $"report-{i + 1}", i == 0 ? "整改完成情况报告" : "整改完成情况报告（二）", cycle.CompletedOn, UnitOf(task, "lead"), $"〔{cycle.CompletedOn.Year}〕{300 + number}号", pdf: false,
                [$"整改目标：{task.Goal}", $"完成情况：{data.ReportOf(told, i)}", .. task.Measures.SelectMany(measure => Answered(task, measure))]);
            yield return (report.Row with { Added = cycle.CompletedOn }, report.Make);
        }

        if (told.Cycles is [var first, ..])
        {
            var proof = Paper(task, "Document", "proof", "措施落实佐证材料汇编", first.CompletedOn, UnitOf(task, "lead"), "", pdf: false,
                [$"本汇编按整改方案逐条收录{task.NumberText}任务的落实结果和佐证目录，由{UnitOf(task, "lead").Name}核对。", .. task.Measures.SelectMany(measure => Answered(task, measure))]);
            yield return (proof.Row with { Measure = "*", Added = first.CompletedOn }, proof.Make);
        }

        foreach (var outcome in told.UnitOutcomes.Where(one => one.Outcome == "not_involved"))
        {
            var unit = units[outcome.Unit];
            var finding = Paper(task, "Document", $"not-involved-{outcome.Unit}", $"{unit.ShortName}不涉及核定意见", outcome.DecidedOn, unit, "", pdf: false, [outcome.Basis]);
            yield return (finding.Row with { Added = outcome.DecidedOn }, finding.Make);
        }

        if (number % 5 == 0)
        {
            var planned = told.StartedOn.AddDays(12);
            yield return Paper(task, "Plan", "plan", "整改实施方案", planned, UnitOf(task, "lead"), $"〔{planned.Year}〕{100 + number}号", pdf: true,
                [$"为落实{task.NumberText}任务，制定本方案。", $"整改目标：{task.Goal}", .. task.Measures.Select((measure, i) => $"（{i + 1}）{measure.Text}")]);
        }
    }

    private string[] Answered(PlanTask task, Measure measure) => [$"措施（{measure.No}）：{measure.Text}", $"落实结果：{data.Results[(task.Number, $"{measure.No}")]}"];

    private (EvidenceRow Row, Func<byte[]>? Make) Photo(PlanTask task, string family, bool clean, string state, DateOnly on, DateOnly added, bool measured)
    {
        var place = PlaceOf(task);
        var (latitude, longitude) = SpotOf(place.Id, task.Number);
        return (
            new(++piece, 1, $"{task.Number:000}-{state}.jpg", [task.Number], "", "Photo", $"{task.NumberText}{place.ShortName}{state}现场照片", on, UnitOf(task, "lead").ShortName, "",
                place.ShortName, measured ? latitude : null, measured ? longitude : null, null, null, added, ""),
            () =>
            {
                var picture = SitePhoto.Draw(family, clean, Seed($"{task.Number}{state}"), Board(task, state, on));
                return measured ? Exif.Into(picture, At(on, task.Number), latitude, longitude) : picture; // a messenger takes out what the camera wrote
            }
        );
    }

    private (EvidenceRow Row, Func<byte[]>? Make) Report(PlanTask task, DateOnly by)
    {
        // One report is of the year before the plan: too old to prove anything.
        var on = task.Number == Outdated ? new DateOnly(2017, 1, 12) : by.AddDays(-6);
        var (from, to) = (new DateOnly(on.Year, on.Month, 1).AddMonths(-1), new DateOnly(on.Year, on.Month, 1).AddDays(-1));
        var issuer = data.Units.Single(unit => unit.Id == "D01");
        var made = Paper(task, "Monitoring", "monitoring", "监测报告", on, issuer, $"云环监字〔{on.Year}〕{200 + task.Number}号", pdf: true,
            [$"受{UnitOf(task, "lead").ShortName}委托，对{PlaceOf(task).ShortName}有关点位开展监测。", $"监测时段：{Chinese(from)}至{Chinese(to)}。", $"对照目标：{task.Goal}", "监测项目和频次按技术规范执行，结果附后；本报告仅对来样和所测时段负责。"]);
        var row = made.Row with { From = from, To = to, Issuer = $"{issuer.ShortName}监测中心", Added = task.Number == Outdated ? new(2018, 4, 11) : made.Row.Added };
        return (task.Number == 44 ? row with { Tasks = [44, 8] } : row, made.Make);
    }

    private (EvidenceRow Row, Func<byte[]>? Make) Paper(
        PlanTask task, string kind, string name, string title, DateOnly on, Unit issuer, string number, bool pdf, IReadOnlyList<string> paragraphs)
    {
        var paper = new EvidencePaper(issuer.Name, number, $"{task.NumberText}任务{title}", paragraphs, on);
        return (
            new(++piece, 1, $"{task.Number:000}-{name}.{(pdf ? "pdf" : "docx")}", [task.Number], "", kind, paper.Title, on, issuer.ShortName, number, "", null, null, null, null, Added(on, 4), ""),
            !pdf ? paper.ToDocx : task.Number % 20 == 4 ? paper.ToPdf : paper.ToScan); // most of what offices hand in is scanned
    }

    private static (EvidenceRow Row, Func<byte[]>? Make) Again(EvidenceRow row, string reason, DateOnly on, Func<string, DateOnly, (string, Func<byte[]>)> make)
    {
        var (name, bytes) = make(row.File.Replace(".jpg", "-2.jpg", StringComparison.Ordinal), on);
        return (row with { Version = 2, File = name, Added = row.Added.AddDays(4), Reason = reason }, bytes);
    }

    private string[] Board(PlanTask task, string state, DateOnly on) =>
        [$"整改任务：{task.NumberText}", $"地点：{PlaceOf(task).ShortName}", $"内容：{state}现场", $"日期：{Chinese(on)}"];

    private Unit PlaceOf(PlanTask task) => units[task.Implementers.Count > 0 ? task.Implementers[task.Number % task.Implementers.Count] : task.UnitsAs("lead").First()];

    private Unit UnitOf(PlanTask task, string role) => units[task.UnitsAs(role).First()];

    // The region is invented, and so is where it lies: empty desert, each unit on a spot of its own.
    private static (decimal Latitude, decimal Longitude) SpotOf(string unit, int task) => (
        38.2m + (Seed(unit) % 20_000 / 10_000m) + (Seed($"{unit}{task}") % 300 / 10_000m),
        82.1m + (Seed(unit + "east") % 40_000 / 10_000m) + (Seed($"{task}{unit}") % 300 / 10_000m));

    private static DateTime At(DateOnly day, int task) => day.ToDateTime(new(9 + (task % 8), task * 7 % 60, task * 13 % 60));

    private static DateOnly Added(DateOnly effective, int days) => effective.AddDays(days) < FirstAdded ? FirstAdded.AddDays(effective.DayNumber % 9) : effective.AddDays(days);

    private static string Chinese(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日");

    // FNV-1a, 32 bits.
    private static uint Seed(string text) => text.Aggregate(2_166_136_261, (mark, c) => unchecked((mark ^ c) * 16_777_619)) >> 4;
}
