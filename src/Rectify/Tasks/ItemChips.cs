using Rectify.Platform.Text;
using Rectify.Platform.Web;
using Rectify.Tasks.Timeline;

namespace Rectify.Tasks;

/// <summary>A list's filter in words, each part with the list without it.</summary>
internal static class ItemChips
{
    public static List<Chip> Of(
        Words words, ItemQuery query, Func<ItemQuery, string> href, IReadOnlyDictionary<int, string> aspects, Func<Guid, string> unitName,
        string? finding = null)
    {
        var chips = new List<Chip>();
        var filter = query.Filter;
        void Add(string label, ItemFilter without) =>
            chips.Add(new(label, href(query with { Filter = without, After = null, Before = null, Row = 1 })));

        if (filter.Kind != ItemKind.Task)
        {
            Add(words["chip.level", words[$"items.level.{filter.Kind}"]], filter with { Kind = ItemKind.Task });
        }

        if (filter.Text.Length > 0)
        {
            Add(words["chip.text", filter.Text], filter with { Text = "" });
        }

        if (filter.AspectNo is { } aspect)
        {
            Add(words["chip.aspect", aspects.GetValueOrDefault(aspect, words.Number(aspect))], filter with { AspectNo = null });
        }

        if (filter.FindingId is not null)
        {
            Add(words["chip.finding", finding ?? words["items.finding.other"]], filter with { FindingId = null });
        }

        if (filter.UnitId is { } unit)
        {
            Add(words["chip.unit", unitName(unit)], filter with { UnitId = null, Roles = [] });
        }

        if (filter.Roles.Count > 0 && filter.UnitId is not null)
        {
            Add(words["chip.role", filter.Roles.Select(role => words[$"unit.role.{role}"])], filter with { Roles = [] });
        }

        if (filter.UnitKind is { } kind)
        {
            Add(words["chip.unitkind", words[$"unit.kind.{kind}"]], filter with { UnitKind = null });
        }

        AddStatuses(words, filter, Add);
        foreach (var light in filter.Lights)
        {
            Add(light is Light.None ? words["light.none"] : words[$"light.{light.Mark}.long"], filter with { Lights = [.. filter.Lights.Where(other => other != light)] });
        }

        if (filter.DueFrom is { } from)
        {
            Add(words["chip.from", from], filter with { DueFrom = null });
        }

        if (filter.DueTo is { } to)
        {
            Add(words["chip.to", to], filter with { DueTo = null });
        }

        if (filter.DueBy is { } by)
        {
            Add(words["chip.by", by], filter with { DueBy = null });
        }

        if (filter.DueYear is { } year)
        {
            Add(words["chip.year", year.ToString(words.Culture)], filter with { DueYear = null });
        }

        if (filter.HasDate is { } dated)
        {
            Add(words[dated ? "items.dated.yes" : "items.dated.no"], filter with { HasDate = null });
        }

        if (filter.Standing is { } standing)
        {
            Add(words[standing ? "chip.standing" : "chip.standing.no"], filter with { Standing = null });
        }

        return chips;
    }

    // The two groups that figures lead to have a name; ten chips would say less.
    private static void AddStatuses(Words words, ItemFilter filter, Action<string, ItemFilter> add)
    {
        var asked = filter.Statuses.ToHashSet();
        if (asked.SetEquals(Overview.DoneStatuses) || asked.SetEquals(Overview.OpenStatuses) || asked.SetEquals(Overview.ClosedStatuses))
        {
            add(
                words[asked.SetEquals(Overview.DoneStatuses) ? "chip.done" : asked.SetEquals(Overview.OpenStatuses) ? "chip.open" : "chip.closed"],
                filter with { Statuses = [] });
            return;
        }

        foreach (var status in filter.Statuses)
        {
            add(words[status.TextKey], filter with { Statuses = [.. filter.Statuses.Where(other => other != status)] });
        }
    }
}
