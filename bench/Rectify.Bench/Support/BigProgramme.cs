using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Search;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Bench;

/// <summary>
/// One programme of many tasks: five aspects, ten tasks under a finding, 14 prefectures of 7 counties each and 11 departments. A
/// task is its county's under its prefecture's lead, every eighth with a department; three spans of status, of which the last is
/// today's; one text for search. The same for the same size.
/// </summary>
internal sealed class BigProgramme(int size)
{
    private const int Prefectures = 14;
    private const int CountiesEach = 7;
    private const int Departments = 11;
    private const int TasksUnderFinding = 10;

    public const string Code = "big";

    /// <summary>The day on which lists are asked for.</summary>
    public static readonly DateOnly Today = new(2026, 3, 2);

    /// <summary>Stands in one text of twenty; a common word.</summary>
    public const string CommonWord = "扬尘";

    /// <summary>Stands in one text of two thousand.</summary>
    public const string RareWord = "尾矿";

    private static readonly string[] Subjects = ["河道", "污水", "垃圾", "锅炉", "矿山", "园区", "湿地", "油气", "砂石", "畜禽", "医废", "噪声", "机动车", "散煤", "渣场", "水源地", "草原", "危废", "排污口"];

    private static readonly string[] Acts = ["整治不到位", "监管缺位", "设施未建成", "长期超标排放", "违规占用", "台账不全"];

    // Marks of an ongoing programme and how many of a hundred have them.
    private static readonly (ItemStatus Status, Light Light, int Share)[] Mix =
    [
        (ItemStatus.NotStarted, Light.Green, 4), (ItemStatus.OnTrack, Light.Green, 24), (ItemStatus.Ahead, Light.Green, 4),
        (ItemStatus.Behind, Light.Yellow, 8), (ItemStatus.Behind, Light.Red, 2), (ItemStatus.Overdue, Light.Red, 2), (ItemStatus.Nearly, Light.Yellow, 3),
        (ItemStatus.Done, Light.None, 12), (ItemStatus.Accept, Light.None, 5), (ItemStatus.Notice, Light.None, 2),
        (ItemStatus.Closed, Light.None, 28), (ItemStatus.Standing, Light.None, 6),
    ];

    private static readonly ItemStatus[] MixByPercent = [.. Mix.SelectMany(mark => Enumerable.Repeat(mark.Status, mark.Share))];
    private static readonly Light[] LightByPercent = [.. Mix.SelectMany(mark => Enumerable.Repeat(mark.Light, mark.Share))];

    private readonly List<Unit> departments = [];
    private readonly List<Unit> counties = [];

    public Unit Region { get; } = Unit.Create(new("R", "云岭自治区", UnitKind.Region), null);

    public List<Unit> PrefectureUnits { get; } = [];

    public Unit County => counties[0];

    public Guid Programme { get; private set; }

    /// <summary>Reads with a duty at <paramref name="unit"/>.</summary>
    public static Access ReaderAt(Unit unit) =>
        new(new Actor(Guid.CreateVersion7().ToString("N")), [new Access.Held(Role.Reader, unit.Id, unit.Path, unit.ParentId is null)]);

    /// <summary>Fills an empty database. What is derived is written with what it is derived from, so nothing waits for a refresh.</summary>
    public async Task LoadAsync(Bed bed)
    {
        await bed.InAsync(async (Db db) =>
        {
            MakeUnits();
            var programme = Rectify.Tasks.Programme.Create(Code, new("云岭自治区整改任务", Region.Id));
            Programme = programme.Id;
            await db.Database.OpenConnectionAsync();
            var connection = db.Database.GetDbConnection();
            var postgres = bed.Name == "PostgreSQL";
            await SqlAsync(db, postgres
                ? "SET session_replication_role = replica" // keys are right by construction
                : "PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -2000000");
            if (!postgres)
            {
                await SqlAsync(db, "BEGIN");
            }

            await new Bulk<Unit>(db).WriteAsync(connection, [Region, .. PrefectureUnits, .. counties, .. departments]);
            await new Bulk<Programme>(db).WriteAsync(connection, [programme]);
            await new Bulk<Aspect>(db).WriteAsync(connection, Enumerable.Range(1, 5).Select(no =>
                new Aspect { ProgrammeId = Programme, Kind = AspectKind.Task, No = no, Name = $"第{no}方面" }));
            var (items, spans, scopes, parts, texts) =
                (new Bulk<Item>(db), new Bulk<StatusSpan>(db), new Bulk<ItemScope>(db), new Bulk<ItemUnit>(db), new Bulk<SearchText>(db));
            foreach (var findings in Enumerable.Range(0, (size + TasksUnderFinding - 1) / TasksUnderFinding).Chunk(2_000))
            {
                var tasks = new List<(Item Task, int No)>();
                var heads = new List<Item>();
                foreach (var finding in findings)
                {
                    var head = Item.Create(Programme, null, ItemKind.Finding, finding, new($"问题{finding + 1}", finding + 1, Text(finding * TasksUnderFinding)) { AspectNo = AspectOf(finding) });
                    heads.Add(head);
                    tasks.AddRange(Enumerable.Range(0, Math.Min(TasksUnderFinding, size - (finding * TasksUnderFinding)))
                        .Select(place => (Task(head, finding, place), (finding * TasksUnderFinding) + place)));
                }

                await items.WriteAsync(connection, heads.Concat(tasks.Select(task => task.Task)));
                await spans.WriteAsync(connection, tasks.SelectMany(Spans));
                await scopes.WriteAsync(connection, tasks.SelectMany(Scopes));
                await parts.WriteAsync(connection, tasks.SelectMany(Parts));
                await texts.WriteAsync(connection, tasks.SelectMany(task => SearchText.Of(task.Task.Id, task.Task.Id, "problem", task.Task.Text)));
            }

            await SqlAsync(db, postgres ? "SET session_replication_role = DEFAULT" : "COMMIT");
            await SqlAsync(db, postgres ? "VACUUM ANALYZE" : "PRAGMA cache_size = -2000; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)");
            await db.CountRowsAsync(default); // as at the next start
        });
    }

    private void MakeUnits()
    {
        PrefectureUnits.AddRange(Enumerable.Range(1, Prefectures).Select(i => Unit.Create(new($"P{i:00}", $"第{i}州", UnitKind.Prefecture), Region)));
        counties.AddRange(PrefectureUnits.SelectMany(above => Enumerable.Range(1, CountiesEach)
            .Select(i => Unit.Create(new($"C{above.Code[1..]}{i:00}", $"{above.Name}第{i}县", UnitKind.County), above))));
        departments.AddRange(Enumerable.Range(1, Departments).Select(i => Unit.Create(new($"D{i:00}", $"第{i}厅", UnitKind.Department), Region)));
    }

    // Findings of one aspect stand together, as in a plan.
    private int AspectOf(int finding) => 1 + (int)(5L * finding * TasksUnderFinding / size);

    private Item Task(Item head, int finding, int place)
    {
        var no = (finding * TasksUnderFinding) + place;
        DateOnly? due = no % 13 == 0 ? null : new DateOnly(2024, 12, 31).AddDays(Mixed(no, 7) % 1_500);
        return Item.Create(Programme, head, ItemKind.Task, place, new($"第{no + 1}项", no + 1, Text(no))
        {
            AspectNo = AspectOf(finding),
            Goal = "按期完成整改任务，达到验收要求。",
            Deadline = due is { } day
                ? new(day.ToString("yyyy年M月底前", CultureInfo.InvariantCulture), DeadlineKind.Fixed, null, day, null)
                : new("立行立改，长期坚持", DeadlineKind.ImmediateStanding, null, null, null),
        });
    }

    private string Text(int no) =>
        $"{CountyOf(no).Name}{(no % 20 == 3 ? CommonWord : no % 2_000 == 17 ? RareWord : Subjects[Mixed(no, 1) % Subjects.Length])}{Acts[Mixed(no, 2) % Acts.Length]}。";

    private IEnumerable<StatusSpan> Spans((Item Task, int No) task)
    {
        var mark = Mixed(task.No, 3) % 100;
        var (begun, now) = (new DateOnly(2024, 3, 1).AddDays(Mixed(task.No, 4) % 200), new DateOnly(2025, 6, 1).AddDays(Mixed(task.No, 5) % 250));
        StatusSpan Span(DateOnly from, DateOnly until, ItemStatus status, Light light) => new()
        {
            ItemId = task.Task.Id,
            From = from,
            Until = until,
            Status = status,
            Light = light,
            Reason = ReasonText.Write(new(LightCode.OnSchedule, null, null, null, null)),
            ProgrammeId = Programme,
            Kind = ItemKind.Task,
            SortKey = task.Task.SortKey,
        };
        return
        [
            Span(DateOnly.MinValue, begun, ItemStatus.NotStarted, Light.Green),
            Span(begun, now, ItemStatus.OnTrack, Light.Green),
            Span(now, DateOnly.MaxValue, MixByPercent[mark], LightByPercent[mark]),
        ];
    }

    private IEnumerable<ItemScope> Scopes((Item Task, int No) task)
    {
        Unit[] units = [CountyOf(task.No), PrefectureOf(task.No), Region, .. DepartmentOf(task.No) is { } department ? [department] : Array.Empty<Unit>()];
        return units.Select(unit => new ItemScope
        {
            ItemId = task.Task.Id,
            UnitId = unit.Id,
            ProgrammeId = Programme,
            Kind = ItemKind.Task,
            SortKey = task.Task.SortKey,
        });
    }

    private IEnumerable<ItemUnit> Parts((Item Task, int No) task)
    {
        ItemUnit Part(Unit unit, DraftRole role, int order) => new() { ItemId = task.Task.Id, UnitId = unit.Id, Text = unit.Name, Role = role, Order = order };
        yield return Part(PrefectureOf(task.No), DraftRole.Lead, 1);
        yield return Part(CountyOf(task.No), DraftRole.Responsible, 2);
        if (DepartmentOf(task.No) is { } department)
        {
            yield return Part(department, DraftRole.Cooperate, 3);
        }
    }

    private Unit CountyOf(int no) => counties[Mixed(no, 0) % counties.Count];

    private Unit PrefectureOf(int no) => PrefectureUnits[Mixed(no, 0) % counties.Count / CountiesEach];

    private Unit? DepartmentOf(int no) => no % 8 == 0 ? departments[Mixed(no, 6) % Departments] : null;

    // Well mixed, and the same in every run.
    private static int Mixed(int no, uint salt)
    {
        var x = ((uint)no * 2_654_435_761u) ^ (salt * 0x9E37_79B9u);
        x = (x ^ (x >> 15)) * 0x85EB_CA6Bu;
        x = (x ^ (x >> 13)) * 0xC2B2_AE35u;
        return (int)((x ^ (x >> 16)) & int.MaxValue);
    }

    private static async Task SqlAsync(Db db, string sql)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 0);
        await command.ExecuteNonQueryAsync();
    }
}
