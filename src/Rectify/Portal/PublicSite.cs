using Microsoft.EntityFrameworkCore;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Search;

namespace Rectify.Portal;

/// <summary>Filter and place of the public list of items, as its address says them.</summary>
public sealed record PublicQuery(string Text = "", string Unit = "", string Aspect = "", string Status = "", string After = "")
{
    /// <summary>What cannot be is left out: the address is a stranger's.</summary>
    public static PublicQuery Read(IQueryCollection query)
    {
        string Of(string name) => query[name].ToString().Trim() is { Length: <= 200 } text && !text.Contains('\0', StringComparison.Ordinal) ? text : "";
        return new(Of("q"), Of("unit"), Of("aspect"), Of("status"), Of("after"));
    }

    public bool IsFiltered => Text.Length + Unit.Length + Aspect.Length + Status.Length > 0;

    public string Href(string path) => path + QueryString.Create(
        new Dictionary<string, string?> { ["q"] = Text, ["unit"] = Unit, ["aspect"] = Aspect, ["status"] = Status, ["after"] = After }.Where(pair => pair.Value is { Length: > 0 }));
}

/// <summary>How many published items there are of a unit or aspect, and how many of them are closed.</summary>
public sealed record PublicCount(string Name, int All, int Closed);

/// <summary>Items closed until the end of a month.</summary>
public sealed record PublicMonth(DateOnly End, int Closed);

/// <param name="Months">From the first month in which an item was closed to the last; empty unless there are two.</param>
/// <param name="Aspects">In the plan's order; units and states by how many there are.</param>
/// <param name="On">The day of the newest publication: all figures are of what was public then.</param>
public sealed record PublicProgress(int All, int Closed, DateTimeOffset? On, IReadOnlyList<PublicCount> Units, IReadOnlyList<PublicCount> Aspects, IReadOnlyList<PublicCount> States, IReadOnlyList<PublicMonth> Months);

/// <param name="Next">The list from after these rows on; <see langword="null"/> on the last page.</param>
public sealed record PublicPageOf(IReadOnlyList<Publication> Rows, int Total, PublicQuery? Next);

/// <summary>What the public pages read. Everything comes through the public doors of <see cref="PortalTables"/>.</summary>
public sealed class PublicSite(Db db)
{
    public const int PageSize = 50;

    /// <summary>What counts as closed: statuses by their marks.</summary>
    public static readonly string[] ClosedMarks = ["closed", "standing", "na"];

    public Task<List<PublicProgramme>> ProgrammesAsync(CancellationToken ct) => db.PublicProgrammes().OrderBy(open => open.Code).ToListAsync(ct);

    /// <exception cref="Refusal">404: no programme, or none that is public.</exception>
    public async Task<PublicProgramme> ProgrammeAsync(string code, CancellationToken ct) =>
        await db.PublicProgrammes().SingleOrDefaultAsync(open => open.Code == code, ct) ?? throw Refusal.NotFound("publication", code);

    /// <exception cref="Refusal">404: nothing was ever published under this id, or its programme is not public.</exception>
    public async Task<Publication> ItemAsync(PublicProgramme programme, Guid id, CancellationToken ct) =>
        await db.PublicFor().SingleOrDefaultAsync(one => one.PublicId == id && one.ProgrammeId == programme.ProgrammeId, ct) ?? throw Refusal.NotFound("publication", id);

    public IQueryable<Publication> Published(PublicProgramme programme) =>
        db.PublicFor().Where(one => one.ProgrammeId == programme.ProgrammeId && one.State == PublicationState.Published);

    public async Task<PublicPageOf> ItemsAsync(PublicProgramme programme, PublicQuery query, CancellationToken ct)
    {
        var found = Filter(Published(programme), query);
        var total = await found.CountAsync(ct);
        if (query.After.Split('~') is [var key, var last] && Guid.TryParse(last, out var id))
        {
            found = found.Where(one => string.Compare(one.SortKey, key) > 0 || (one.SortKey == key && one.Id.CompareTo(id) > 0));
        }

        var rows = await found.OrderBy(one => one.SortKey).ThenBy(one => one.Id).Take(PageSize + 1).ToListAsync(ct);
        var more = rows.Count > PageSize;
        rows = more ? rows[..PageSize] : rows;
        return new(rows, total, more ? query with { After = $"{rows[^1].SortKey}~{rows[^1].Id}" } : null);
    }

    /// <summary>Closed items, the latest first, fifty at a time.</summary>
    /// <param name="after">As <c>2018-12-28~id</c>, the last one seen; empty for the first page.</param>
    public async Task<(List<Publication> Rows, string? Next)> ClosuresAsync(PublicProgramme programme, string after, int most, CancellationToken ct)
    {
        var found = Published(programme).Where(one => one.ClosedOn != null);
        if (after.Split('~') is [var day, var last] && DateOnly.TryParseExact(day, "yyyy-MM-dd", out var on) && Guid.TryParse(last, out var id))
        {
            found = found.Where(one => one.ClosedOn < on || (one.ClosedOn == on && one.Id.CompareTo(id) < 0));
        }

        var rows = await found.OrderByDescending(one => one.ClosedOn).ThenByDescending(one => one.Id).Take(most + 1).ToListAsync(ct);
        var more = rows.Count > most;
        rows = more ? rows[..most] : rows;
        return (rows, more ? $"{rows[^1].ClosedOn:yyyy-MM-dd}~{rows[^1].Id}" : null);
    }

    /// <summary>What was published, corrected or withdrawn last.</summary>
    public Task<List<Publication>> LatestAsync(PublicProgramme programme, int most, CancellationToken ct) =>
        db.PublicFor().Where(one => one.ProgrammeId == programme.ProgrammeId).OrderByDescending(one => one.ChangedAt).ThenByDescending(one => one.Id).Take(most).ToListAsync(ct);

    public async Task<PublicProgress> ProgressAsync(PublicProgramme programme, CancellationToken ct)
    {
        var published = Published(programme);
        var states = await published.GroupBy(one => one.Status).Select(group => new { Name = group.Key, All = group.Count() }).ToListAsync(ct);
        var aspects = await published.Where(one => one.Aspect != "")
            .GroupBy(one => one.Aspect).Select(group => new { Name = group.Key, All = group.Count(), Closed = group.Count(one => ClosedMarks.Contains(one.Status)), First = group.Min(one => one.SortKey)! }).ToListAsync(ct);
        var units = await (
            from unit in db.PublicUnits()
            join one in published on unit.PublicationId equals one.Id
            group one by unit.Name into group_
            select new { Name = group_.Key, All = group_.Count(), Closed = group_.Count(one => ClosedMarks.Contains(one.Status)) }).ToListAsync(ct);
        var closed = await published.Where(one => one.ClosedOn != null).GroupBy(one => one.ClosedOn).Select(group => new { On = group.Key!.Value, Count = group.Count() }).ToListAsync(ct);
        var on = await db.PublicFor().Where(one => one.ProgrammeId == programme.ProgrammeId).MaxAsync(one => (DateTimeOffset?)one.ChangedAt, ct);
        return new(
            states.Sum(state => state.All), states.Where(state => ClosedMarks.Contains(state.Name)).Sum(state => state.All), on,
            [.. units.OrderByDescending(unit => unit.All).ThenBy(unit => unit.Name, StringComparer.Ordinal).Select(unit => new PublicCount(unit.Name, unit.All, unit.Closed))],
            [.. aspects.OrderBy(aspect => aspect.First, StringComparer.Ordinal).ThenBy(aspect => aspect.Name, StringComparer.Ordinal).Select(aspect => new PublicCount(aspect.Name, aspect.All, aspect.Closed))],
            [.. states.Where(state => state.Name.Length > 0).OrderByDescending(state => state.All).Select(state => new PublicCount(state.Name, state.All, 0))],
            Months([.. closed.OrderBy(day => day.On).Select(day => (day.On, day.Count))]));
    }

    private static List<PublicMonth> Months(IReadOnlyList<(DateOnly On, int Count)> days)
    {
        static DateOnly EndOf(DateOnly day) => new DateOnly(day.Year, day.Month, 1).AddMonths(1).AddDays(-1);
        var months = new List<PublicMonth>();
        if (days.Count > 0)
        {
            for (var end = EndOf(days[0].On); end <= EndOf(days[^1].On); end = EndOf(end.AddDays(1)))
            {
                months.Add(new(end, days.TakeWhile(day => day.On <= end).Sum(day => day.Count)));
            }
        }

        return months.Count > 1 ? months : [];
    }

    private IQueryable<Publication> Filter(IQueryable<Publication> found, PublicQuery query)
    {
        foreach (var term in SearchTerms.Of(query.Text).Take(10))
        {
            found = found.Where(one => one.Folded.Contains(term));
        }

        if (query.Unit.Length > 0)
        {
            found = found.Where(one => db.PublicUnits().Any(unit => unit.PublicationId == one.Id && unit.Name == query.Unit));
        }

        found = query.Aspect.Length > 0 ? found.Where(one => one.Aspect == query.Aspect) : found;
        return query.Status.Length > 0 ? found.Where(one => one.Status == query.Status) : found;
    }
}
