using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;

namespace Rectify.Charts;

/// <summary>Which chart of which programme someone asks for, of which day, for which units and aspect.</summary>
internal sealed record ChartAsk(Db Db, Access Reader, Programme Programme, DateOnly On, DateOnly Today, Words Words)
{
    /// <summary>Only what concerns this unit or one below it, as the list has it.</summary>
    public Guid? Unit { get; init; }

    public int? Aspect { get; init; }

    /// <summary>Only this item; of the Gantt chart.</summary>
    public Guid? Item { get; init; }

    /// <summary>Grouped by the unit that leads and not by aspect; of the road map.</summary>
    public bool ByUnit { get; init; }

    /// <summary>The year of a calendar; that of <see cref="On"/> if not said.</summary>
    public int? Year { get; init; }

    /// <summary>With the nodes of measures, points and sub-tasks, and not those of tasks alone; of the road map and the calendar of nodes.</summary>
    public bool Parts { get; init; } = true;

    /// <summary>The filter words under the title; empty without.</summary>
    public string Filtered { get; init; } = "";

    public ItemFilter Filter => new() { UnitId = Unit, AspectNo = Aspect };

    /// <summary>The programme's code within an address.</summary>
    public string Code => Uri.EscapeDataString(Programme.Code);

    /// <summary>A path of this site that keeps the day looked at.</summary>
    public string At(string href) => On == Today ? href : $"{href}{(href.Contains('?', StringComparison.Ordinal) ? '&' : '?')}on={Words.Day(On)}";

    public string ItemHref(Guid id) => At($"/items/{id}");

    /// <summary>The list of the same filter, made narrower.</summary>
    public string ListHref(ItemFilter filter) => At(ItemQuery.Href($"/p/{Code}/items", filter));

    /// <summary>Its tasks as the list has them on the day, with their units.</summary>
    public Task<ChartTasks> TasksAsync(CancellationToken ct) => ChartTasks.ReadAsync(this, ct);
}

/// <summary>The tasks of a chart in the plan's order, and the units that answer for them.</summary>
internal sealed class ChartTasks
{
    /// <param name="Unit"><see langword="null"/> where nobody has said which one the plan means.</param>
    /// <param name="Name">Its short name, or the words of the plan.</param>
    public sealed record Part(Guid Item, DraftRole Role, int Order, Guid? Unit, string Name, UnitKind? Kind, string? Path)
    {
        /// <summary>Whether its task stood in the plan on the day.</summary>
        public bool Stands { get; init; }
    }

    private readonly ILookup<Guid, Part> parts;

    private readonly List<Part> ever;

    private ChartTasks(IReadOnlyList<ItemList.Row> rows, IReadOnlySet<Guid> ever, IReadOnlyList<Part> all)
    {
        (Rows, Ever) = (rows, ever);
        var ids = rows.Select(row => row.Id).ToHashSet();
        this.ever = [.. all.Where(part => ever.Contains(part.Item))];
        var parts = all.Where(part => part.Stands).ToList();
        Carrying = parts.Exists(part => part.Role is DraftRole.Lead)
            ? parts.Where(part => part.Unit is not null).GroupBy(part => part.Unit!.Value).Where(unit => unit.All(part => part.Role is DraftRole.Responsible)).Select(unit => unit.Key).ToHashSet() : [];
        this.parts = parts.Where(part => ids.Contains(part.Item)).OrderBy(part => part.Role is not DraftRole.Lead).ThenBy(part => part.Order).ToLookup(part => part.Item);
    }

    public IReadOnlyList<ItemList.Row> Rows { get; }

    /// <summary>These tasks and those that the filter leaves of other days: one that was taken out counts in the months before.</summary>
    public IReadOnlySet<Guid> Ever { get; }

    public IEnumerable<Part> Parts => parts.SelectMany(group => group);

    public IEnumerable<Part> PartsEver => ever;

    /// <summary>Units that only carry out parts of tasks which others lead (落实单位): the overview does not count them among those that answer.</summary>
    public IReadOnlySet<Guid> Carrying { get; }

    public static async Task<ChartTasks> ReadAsync(ChartAsk ask, CancellationToken ct)
    {
        var (db, programme, day) = (ask.Db, ask.Programme.Id, ask.On);
        var rows = await ItemList.AllAsync(db, ask.Reader, programme, ask.Filter, ask.On, ct);
        var ever = (await ItemList.Items(db, ask.Reader, programme, ask.Filter, null).Select(item => item.Id).ToListAsync(ct)).ToHashSet();
        var parts = await (
            from part in db.ItemUnits()
            join item in db.ItemsFor(ask.Reader, Right.Read) on part.ItemId equals item.Id
            where item.ProgrammeId == programme && item.Kind == ItemKind.Task
                && (part.Role == DraftRole.Lead || part.Role == DraftRole.Cooperate || part.Role == DraftRole.Responsible)
            join unit in db.Units() on part.UnitId equals unit.Id into known
            from unit in known.DefaultIfEmpty()
            select new Part(part.ItemId, part.Role, part.Order, part.UnitId, unit == null ? part.Text : unit.ShortName, unit == null ? null : unit.Kind, unit == null ? null : unit.Path)
            {
                Stands = (item.RemovedOn == null || item.RemovedOn > day) && (item.AddedOn == null || item.AddedOn <= day),
            }).AsNoTracking().ToListAsync(ct);
        return new(rows, ever, parts);
    }

    /// <summary>The unit that leads, or else the first that answers.</summary>
    public Part? Lead(Guid item) => parts[item].FirstOrDefault(part => part.Role is not DraftRole.Cooperate) ?? parts[item].FirstOrDefault();

    /// <summary>That unit in short; where several answer and none leads, how many.</summary>
    public string LeadName(Guid item, Words words)
    {
        var answering = parts[item].Where(part => part.Role is not DraftRole.Cooperate).ToList();
        return answering is [{ Role: not DraftRole.Lead } first, _, _, ..] ? words["charts.units", first.Name, answering.Count] : Lead(item)?.Name ?? "";
    }

    public static bool IsDone(ItemList.Row row) => Overview.DoneStatuses.Contains(row.Status);

    public static bool IsClosed(ItemList.Row row) => Overview.ClosedStatuses.Contains(row.Status);
}

/// <summary>A task in the few words that a chart has room for.</summary>
internal static class ChartWords
{
    extension(Words words)
    {
        public bool IsChinese => words.Language.Tag.StartsWith("zh", StringComparison.Ordinal);

        /// <summary>A month within its year: 3, and Mar where numbers of months are not their names.</summary>
        public string Month(DateOnly day) => day.ToString(words.IsChinese ? "%M" : "MMM", CultureInfo.InvariantCulture);

        /// <summary>How many units, and how many of them only carry out: 69个单位（其中落实单位58个）.</summary>
        public string Units(int all, int carrying) => carrying == 0 ? words["charts.units.count", all] : words["charts.units.count.carrying", all, carrying];

        /// <summary>Its number: 27.</summary>
        public string Number(ItemList.Row row) => row.NumberValue is { } number ? words.Number(number) : row.NumberText;

        /// <summary>The deadline in four characters: 18.06, 立行, 长期.</summary>
        public string Due(ItemList.Row row) => row.DueOn is { } due ? due.ToString("yy.MM", null)
            : row.DeadlineText.Contains('\u7acb', StringComparison.Ordinal) ? words["charts.due.at-once"]
            : row.DeadlineText.Length > 0 ? words["charts.due.lasting"] : words["text.none"];

        /// <summary>What part of a task a node belongs to: 措施（一）; empty for the task's own.</summary>
        public string Part(ChartNodes.Node node) => node.Of is { } part ? words["charts.node.part", words[$"item.kind.{part.Kind}"], part.Number.Length > 0 ? part.Number.TrimEnd('.') : part.Title] : "";

        /// <summary>A light's letter: 绿 黄 红.</summary>
        public string Letter(Light light) => light is Light.None ? "" : words[light.TextKey];

        /// <summary>What a row says to whoever cannot see it: number, title, status and light.</summary>
        public string Row(ItemList.Row row) => words["charts.row", words.Number(row), row.Title, words[row.Status.TextKey], words[row.Light is Light.None ? "light.none" : row.Light.TextKey + ".long"]];
    }
}
