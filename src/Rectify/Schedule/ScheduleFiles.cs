using System.Globalization;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Rectify.Networks;
using Rectify.Organisation;
using Rectify.Papers;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks;

namespace Rectify.Schedule;

/// <summary>Schedules as files for other programs: Microsoft Project's XML out and in, iCalendar and Excel out.</summary>
internal static class ScheduleFiles
{
    public static void MapScheduleFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/items/{id:guid}/schedule.xml", XmlAsync).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/items/{id:guid}/schedule.ics", CalendarAsync).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/items/{id:guid}/schedule.xlsx", SheetAsync).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/p/{code}/schedule.xlsx", ProgrammeSheetAsync).RequireAuthorization().ExcludeFromDescription();
        var api = app.MapGroup("/api").WithTags("Schedules").ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).RequireAuthorization();
        api.MapGet("/items/{id:guid}/schedule.xml", XmlAsync).WithSummary("A schedule as XML of Microsoft Project.");
        api.MapPut("/items/{id:guid}/schedule.xml", TakeXmlAsync).WithSummary("Makes the next version from XML of Microsoft Project; seen= is the newest version that was read.").Accepts<string>("application/xml");
        api.MapPost("/items/{id:guid}/schedule.xml/preview", PreviewXmlAsync).WithSummary("What XML of Microsoft Project would change as the next version, and what of it is not read. Saves nothing.").Accepts<string>("application/xml");
    }

    /// <param name="No">The newest version, to be named as <c>seen</c> with the file.</param>
    /// <param name="Notes">What of the file is not read, or read otherwise.</param>
    public sealed record PreviewAnswer(int No, DateOnly? FinishBefore, DateOnly? Finish, IReadOnlyList<ScheduleEndpoints.ComparedAnswer> Activities, IReadOnlyList<string> Notes);

    /// <summary>Rows of the sheets, in the order of the columns.</summary>
    internal static IReadOnlyList<SheetColumn> Columns(Words words, bool withItem) =>
    [
        .. withItem ? new[] { new SheetColumn(words["items.title"], 40) } : [], new(words["schedule.code"], 8), new(words["schedule.activity"], 36), new(words["schedule.unit"], 20), new(words["schedule.duration"], 10),
        new(words["schedule.kind"], 16), new(words["schedule.after"], 20), new(words["schedule.sheet.early-start"], 12), new(words["schedule.sheet.early-finish"], 12), new(words["schedule.latest.start"], 12),
        new(words["schedule.sheet.late-finish"], 12), new(words["schedule.slack"], 10), new(words["schedule.free"], 10), new(words["schedule.started"], 12), new(words["schedule.finished"], 12), new(words["schedule.standing"], 24),
    ];

    internal static IEnumerable<object?[]> Rows(Words words, ItemTimetable of, IReadOnlyDictionary<Guid, string> units, bool withItem) => of.Dates.All.Select(times =>
    {
        var one = of.Plan.Find(times.Activity.Id)!;
        var open = times.State is not ActivityState.Finished;
        return (object?[])
        [
            .. withItem ? new object?[] { words.Heading(of.Item) } : [], one.Code, one.Title, of.UnitOf(one.Id) is { } unit ? units.GetValueOrDefault(unit, "") : "", one.Days, words[$"schedule.kind.{one.Kind}"], one.After,
            times.EarlyStart, times.EarlyFinish, open ? times.LateStart : null, open ? times.LateFinish : null, open ? times.TotalSlack : null, open ? times.FreeSlack : null, one.Started, one.Finished, words.Standing(times),
        ];
    });

    /// <summary>Latest beginnings and ends of what is open, as whole days. Source: RFC 5545.</summary>
    internal static string Calendar(Words words, ItemTimetable of)
    {
        var text = new StringBuilder();
        void Line(string line)
        {
            // At most 75 octets to a line; what follows begins with a space. Source: RFC 5545 §3.1
            var length = 0;
            foreach (var rune in line.EnumerateRunes())
            {
                if (length + rune.Utf8SequenceLength > 75)
                {
                    text.Append("\r\n ");
                    length = 1;
                }

                text.Append(rune.ToString());
                length += rune.Utf8SequenceLength;
            }

            text.Append("\r\n");
        }

        void Event(string key, DateOnly day, string summary)
        {
            Line("BEGIN:VEVENT");
            Line($"UID:{key}@rectify");
            Line($"DTSTAMP:{of.Version.MadeAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}");
            Line(string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{of.Version.No}"));
            Line($"DTSTART;VALUE=DATE:{day:yyyyMMdd}");
            Line($"DTEND;VALUE=DATE:{day.AddDays(1):yyyyMMdd}");
            Line($"SUMMARY:{summary.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)}");
            Line("TRANSP:TRANSPARENT");
            Line("END:VEVENT");
        }

        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line("PRODID:-//Rectify//Schedule//ZH");
        Line("CALSCALE:GREGORIAN");
        foreach (var times in of.Dates.All.Where(one => one.State is not ActivityState.Finished))
        {
            var (one, key) = (of.Plan.Find(times.Activity.Id)!, times.Activity.Id.ToString("N"));
            if (times.State is ActivityState.Waiting && one.Days > 0)
            {
                Event($"start-{key}", times.LateStart, words["schedule.ics.start", one.Title]);
            }

            Event($"finish-{key}", times.LateFinish, words["schedule.ics.finish", one.Title]);
        }

        Line("END:VCALENDAR");
        return text.ToString();
    }

    private static async Task<FileContentHttpResult> XmlAsync(Guid id, [FromQuery] DateOnly? on, Db db, Words words, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var of = await OfAsync(db, reader, id, on ?? clock.Today, ct);
        using var file = new MemoryStream();
        await using (var writer = XmlWriter.Create(file, new() { Async = true, Encoding = new UTF8Encoding(false), Indent = true }))
        {
            await ProjectXml.Write(of, words.Heading(of.Item)).SaveAsync(writer, ct);
        }

        return TypedResults.File(file.ToArray(), "application/xml", words["schedule.file", of.Item.NumberText] + ".xml");
    }

    private static async Task<Ok<ScheduleEndpoints.Numbered>> TakeXmlAsync(
        Guid id, [FromQuery] int seen, [FromQuery] string? reason, HttpRequest request, SetSchedule set, Db db, Words words, Access by, CancellationToken ct) =>
        TypedResults.Ok(new ScheduleEndpoints.Numbered(await set.RunAsync(id, (await FileAsync(id, request, db, by, ct)).Plan, reason ?? words["schedule.exchange.reason"], seen, by, ct)));

    private static async Task<Ok<PreviewAnswer>> PreviewXmlAsync(Guid id, HttpRequest request, SetSchedule set, Db db, Words words, Access by, CancellationToken ct)
    {
        var file = await FileAsync(id, request, db, by, ct);
        var preview = await set.PreviewAsync(id, file.Plan, by, ct);
        return TypedResults.Ok(new PreviewAnswer(preview.No, preview.FinishBefore, preview.Finish, [.. preview.Rows.Select(ScheduleEndpoints.Compared)], [.. file.Notes.Select(words.Note)]));
    }

    private static async Task<ProjectFile> FileAsync(Guid id, HttpRequest request, Db db, Access by, CancellationToken ct)
    {
        using var file = new MemoryStream();
        await request.Body.CopyToAsync(file, ct);
        file.Position = 0;
        return ProjectFile.Read(file, (await SetSchedule.LoadAsync(db, id, by, ct)).Last?.Plan ?? ActivityPlan.Empty);
    }

    private static async Task<FileContentHttpResult> CalendarAsync(Guid id, Db db, Words words, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var of = await OfAsync(db, reader, id, clock.Today, ct);
        return TypedResults.File(Encoding.UTF8.GetBytes(Calendar(words, of)), "text/calendar; charset=utf-8", words["schedule.file", of.Item.NumberText] + ".ics");
    }

    private static async Task<FileContentHttpResult> SheetAsync(Guid id, [FromQuery] DateOnly? on, Db db, Words words, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var of = await OfAsync(db, reader, id, on ?? clock.Today, ct);
        var units = await ProgrammeSchedule.UnitsAsync(db, [of], ct);
        return await FileAsync(words, words["schedule.file", of.Item.NumberText], Columns(words, withItem: false), Rows(words, of, units, withItem: false), ct);
    }

    private static async Task<FileContentHttpResult> ProgrammeSheetAsync(string code, [FromQuery] DateOnly? on, Db db, Words words, Access reader, TimeProvider clock, CancellationToken ct)
    {
        var programme = await TaskEndpoints.ProgrammeAsync(db, reader, code, ct);
        var all = await ProgrammeSchedule.ReadAsync(db, reader, programme.Id, on ?? clock.Today, null, ct);
        return await FileAsync(
            words, words["schedule.file", programme.ShortName], Columns(words, withItem: true), all.Items.SelectMany(one => Rows(words, one, all.Units, withItem: true)), ct);
    }

    private static async Task<FileContentHttpResult> FileAsync(Words words, string name, IReadOnlyList<SheetColumn> columns, IEnumerable<object?[]> rows, CancellationToken ct)
    {
        using var file = new MemoryStream();
        await XlsxWriter.WriteAsync(file, words["schedule.crumb"], columns, rows.ToAsyncEnumerable(), ct);
        return TypedResults.File(file.ToArray(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name + ".xlsx");
    }

    private static async Task<ItemTimetable> OfAsync(Db db, Access reader, Guid id, DateOnly on, CancellationToken ct) =>
        await ScheduleReading.OfItemAsync(db, reader, id, on, ct) ?? throw Refusal.NotFound("schedule", id);
}
