using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Rectify.Organisation;
using Rectify.Papers;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Procedures;
using Rectify.Tasks;

namespace Rectify.Closure;

/// <summary>Which closings a list shows.</summary>
internal enum ClosureWhich
{
    /// <summary>待我办: those whose next act the reader may do.</summary>
    Mine,

    /// <summary>办理中</summary>
    Open,

    /// <summary>已销号 or found not to concern the unit.</summary>
    Closed,

    /// <summary>全部</summary>
    All,
}

/// <param name="Unit">Only of this responsible unit and those below it.</param>
/// <param name="Step">Only those that wait for such a step.</param>
/// <param name="Late">Only those whose step is over its time limit.</param>
/// <param name="Stale">Only those with a stale signature.</param>
internal sealed record ClosureFilter(ClosureWhich Which = ClosureWhich.Open, Guid? Unit = null, StepKind? Step = null, bool Late = false, bool Stale = false)
{
    public static ClosureFilter Read(IQueryCollection query) => new(
        Enum.TryParse<ClosureWhich>(query["which"], true, out var which) && Enum.IsDefined(which) ? which : ClosureWhich.Open, Guid.TryParse(query["unit"], out var unit) ? unit : null,
        Enum.TryParse<StepKind>(query["step"], true, out var step) && Enum.IsDefined(step) ? step : null, query["late"] == "1", query["stale"] == "1");

    public string Query => string.Concat(
        Which is ClosureWhich.Open ? "" : $"&which={Which.ToString().ToLowerInvariant()}", Unit is { } unit ? $"&unit={unit}" : "", Step is { } step ? $"&step={step}" : "", Late ? "&late=1" : "",
        Stale ? "&stale=1" : "");
}

/// <summary>A programme's closings in the plan's order, one page at a time.</summary>
internal sealed class ClosureList(Db db, Access reader, Programme programme, DateOnly today)
{
    public const int PageSize = 50;

    /// <summary>Closings read at once.</summary>
    private const int Batch = 100;

    /// <param name="Now">The step that somebody has to see to: that of the first stale signature, or the next; <see langword="null"/> when over.</param>
    /// <param name="Waits">The units that it waits for, by short names.</param>
    /// <param name="Mine">Whether the reader may do it.</param>
    public sealed record Row(ClosureCase Case, ProcedureStep? Now, string Waits, bool Mine)
    {
        public bool IsLate(DateOnly today) => Case.Closure.StepDue < today;
    }

    /// <param name="Next">Where the next page goes on; <see langword="null"/> on the last.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, string? Next);

    /// <param name="after">The key of the last row of the page before; empty for the first page.</param>
    public async Task<Page> PageAsync(ClosureFilter filter, string after, CancellationToken ct)
    {
        var rows = new List<Row>();
        await foreach (var row in ReadAsync(filter, after, ct))
        {
            if (rows.Count == PageSize)
            {
                return new(rows, Key(rows[^1].Case.Item.SortKey, rows[^1].Case.Closure.Id));
            }

            rows.Add(row);
        }

        return new(rows, null);
    }

    /// <summary>All that the filter lets through, read a batch at a time.</summary>
    public async IAsyncEnumerable<Row> ReadAsync(ClosureFilter filter, string after, [EnumeratorCancellation] CancellationToken ct)
    {
        var (key, id) = after.Split('~') is [var place, var last] && Guid.TryParse(last, out var closure) ? (place, closure) : ("", Guid.Empty);
        for (var more = true; more;)
        {
            var (from, than) = (key, id);
            var found = await Closures(filter)
                .Join(db.ItemsFor(reader, Right.Read), one => one.ItemId, item => item.Id, (one, item) => new { one, item.SortKey })
                .Where(row => string.Compare(row.SortKey, from) > 0 || (row.SortKey == from && row.one.Id.CompareTo(than) > 0))
                .OrderBy(row => row.SortKey).ThenBy(row => row.one.Id).Take(Batch).ToListAsync(ct);
            var cases = found.Count == 0 ? [] : await new ClosureReading(db).ReadAsync([.. found.Select(row => row.one)], ct);
            var duties = cases.Count == 0 ? [] : await StepDuties.OfAsync(db, cases, ct);
            foreach (var (one, duty) in cases.Zip(duties))
            {
                var row = RowOf(one, duty);
                if ((filter.Which is not ClosureWhich.Mine || row.Mine) && (filter.Step is not { } step || row.Now?.Kind == step) && (!filter.Late || row.IsLate(today)) && (!filter.Stale || one.FirstStale is not null))
                {
                    yield return row;
                }
            }

            more = found.Count == Batch;
            (key, id) = more ? (found[^1].SortKey, found[^1].one.Id) : (key, id);
        }
    }

    private Row RowOf(ClosureCase one, StepDuties duties)
    {
        var now = !one.Closure.IsOpen ? null : one.FirstStale is { } stale ? one.Way.First(step => step.Key == stale.Act.StepKey) : one.Next;
        return now is null ? new(one, null, "", false) : new(one, now, string.Join('\u3001', duties.Of(now).Units.Select(unit => unit.ShortName)), duties.May(now, reader));
    }

    private IQueryable<ItemClosure> Closures(ClosureFilter filter)
    {
        var id = programme.Id;
        var closures = db.ClosuresFor(reader).AsNoTracking().Where(one => one.ProgrammeId == id);
        closures = filter.Which switch
        {
            ClosureWhich.Mine or ClosureWhich.Open => closures.Where(one => one.State == ClosureState.Drafting || one.State == ClosureState.Running),
            ClosureWhich.Closed => closures.Where(one => one.ClosedOn != null && one.Live != null),
            ClosureWhich.All => closures,
        };
        return filter.Unit is { } unit
            ? closures.Where(one => db.Units().Any(top => top.Id == unit && db.Units().Any(own => own.Id == one.UnitId && own.Path.StartsWith(top.Path))))
            : closures;
    }

    private static string Key(string sortKey, Guid id) => $"{sortKey}~{id}";
}

/// <summary>The filtered list as a workbook, all columns.</summary>
internal sealed class ClosureExport(ClosureList list, ClosureFilter filter, Words words, DateOnly today)
{
    private static readonly (string Key, double Width)[] Columns =
    [
        ("number", 14), ("title", 50), ("unit", 20), ("outcome", 10), ("state", 12), ("step", 16), ("waits", 24), ("since", 12), ("due", 12), ("late", 8), ("stale", 8), ("returns", 8), ("cycle", 8),
        ("completed", 12), ("notice", 22), ("notice-from", 12), ("notice-to", 12), ("closed", 12), ("procedure", 8),
    ];

    public Task WriteAsync(Stream to, CancellationToken ct) => XlsxWriter.WriteAsync(
        to, [new(words["closures.title"], [.. Columns.Select(column => new SheetColumn(words[$"closures.export.{column.Key}"], column.Width))], RowsAsync(ct))], ct);

    private async IAsyncEnumerable<object?[]> RowsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var row in list.ReadAsync(filter, "", ct))
        {
            var (one, closure) = (row.Case, row.Case.Closure);
            var notice = closure.NoticeId is { } id ? one.Notices.GetValueOrDefault(id) : null;
            yield return
            [
                one.Above is { } above ? words["closure.part", words.Crumb(above), words.Crumb(one.Item)] : one.Item.NumberText, one.Item.Title, one.Unit.ShortName, words[$"closure.outcome.{closure.Outcome}"], words[$"closure.state.{closure.State}"], row.Now is { } now ? words.Step(now) : "", row.Waits,
                closure.StepSince, closure.StepDue, row.IsLate(today) && closure.IsOpen ? today.DayNumber - closure.StepDue!.Value.DayNumber : null, one.Signatures.Count(signature => signature.Stale),
                closure.Returns, closure.Cycle, one.Declaration.CompletedOn, notice is { Number.Length: > 0 } ? notice.Number : notice?.No, notice?.From, notice?.To, closure.ClosedOn, closure.ProcedureNo,
            ];
        }
    }
}
