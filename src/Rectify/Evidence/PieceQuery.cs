using System.Globalization;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;

namespace Rectify.Evidence;

/// <summary>Which pieces a list shows by how they stand.</summary>
public enum PieceState
{
    /// <summary>Those that were not withdrawn.</summary>
    Here,

    Withdrawn,

    /// <summary>Those whose file stands for another piece too, as far as the reader may see that.</summary>
    Same,

    /// <summary>Those whose file a check found missing or altered.</summary>
    Failed,
}

/// <summary>The order of a list of evidence.</summary>
public enum PieceOrder
{
    /// <summary>By the piece's own date, newest first; undated ones last.</summary>
    Date,

    /// <summary>By when it was handed in, newest first.</summary>
    Added,

    Title,
}

/// <summary>A list of an item's evidence as its address says it: filter, order and place. Page, export and API use the same names.</summary>
/// <remarks>Names: <c>kind unit part from to text state order after</c>. An empty value asks for nothing, as an untouched field of a form sends it.</remarks>
internal sealed record PieceQuery
{
    /// <summary>Where a piece without a date stands in the order of dates.</summary>
    public static readonly DateOnly Undated = DateOnly.MinValue;

    public PieceKind? Kind { get; init; }

    /// <summary>Whose it is.</summary>
    public Guid? Unit { get; init; }

    /// <summary>The item itself, a measure or a point: what it proves.</summary>
    public Guid? Part { get; init; }

    /// <summary>First and last day of the pieces' own dates.</summary>
    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>What title, issuer, document number or place hold; at most 100 characters.</summary>
    public string Text { get; init; } = "";

    public PieceState? State { get; init; }

    public PieceOrder Order { get; init; }

    /// <summary>The list goes on after this row: what it is ordered by, and its id.</summary>
    public (string Key, Guid Id)? After { get; init; }

    public bool IsFiltered => this != new PieceQuery { Order = Order, After = After };

    /// <exception cref="Refusal">400: a value that its name does not have.</exception>
    public static PieceQuery Read(IQueryCollection query)
    {
        string One(string name) => query[name].ToString().Trim();
        T? Of<T>(string name, Func<string, T?> read) where T : struct => One(name) is { Length: > 0 } value ? read(value) ?? throw Refusal.Malformed($"There is no {name} {value}.") : null;
        T? Named<T>(string name) where T : struct, Enum =>
            Of<T>(name, value => Enum.TryParse<T>(value, ignoreCase: true, out var found) && Enum.IsDefined(found) && !int.TryParse(value, out _) ? found : null);
        static Guid? Id(string value) => Guid.TryParse(value, out var id) ? id : null;
        static DateOnly? Day(string value) => DateOnly.TryParseExact(value, "yyyy-MM-dd", out var day) ? day : null;
        return new()
        {
            Kind = Named<PieceKind>("kind"),
            Unit = Of("unit", Id),
            Part = Of("part", Id),
            From = Of("from", Day),
            To = Of("to", Day),
            Text = One("text") is { Length: <= 100 } text ? text : throw Refusal.Malformed("A text has at most 100 characters."),
            State = Named<PieceState>("state"),
            Order = Named<PieceOrder>("order") ?? PieceOrder.Date,
            After = One("after") is { Length: > 33 and <= 300 } after && Guid.TryParseExact(after[..32], "N", out var last) && after[32] == '~' ? (after[33..], last) : null,
        };
    }

    /// <summary>The same list as an address; the place only where it is asked for.</summary>
    public string Href(string path)
    {
        (string Name, string? Value)[] all =
        [
            ("kind", Kind?.ToString()), ("unit", Unit?.ToString()), ("part", Part?.ToString()), ("from", Day(From)), ("to", Day(To)), ("text", Text), ("state", State?.ToString().ToLowerInvariant()),
            ("order", Order is PieceOrder.Date ? null : Order.ToString().ToLowerInvariant()), ("after", After is { } after ? $"{after.Id:N}~{after.Key}" : null),
        ];
        var query = string.Join('&', all.Where(one => !string.IsNullOrEmpty(one.Value)).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}"));
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    /// <summary>The same list from after a row on.</summary>
    public PieceQuery Behind(Piece piece) => this with
    {
        After = (Order switch
        {
            PieceOrder.Date => (piece.EffectiveOn ?? Undated).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            PieceOrder.Added => piece.AddedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            PieceOrder.Title => piece.Title,
        }, piece.Id),
    };

    /// <param name="end">The first moment after the day looked at.</param>
    public IQueryable<PieceUse> Filter(IQueryable<PieceUse> uses, Db db, Access reader, DateTimeOffset end)
    {
        uses = uses.Where(use => use.AddedAt < end);
        if (Kind is { } kind)
        {
            uses = uses.Where(use => use.Kind == kind);
        }

        if (Unit is { } unit)
        {
            uses = uses.Where(use => use.UnitId == unit);
        }

        if (Part is { } part)
        {
            uses = uses.Where(use => db.PieceUses().Any(other => other.PieceId == use.PieceId && other.ItemId == part));
        }

        if (From is { } from)
        {
            uses = uses.Where(use => use.On >= from && use.On != Undated);
        }

        if (To is { } to)
        {
            uses = uses.Where(use => use.On <= to && use.On != Undated);
        }

        if (Text.Length > 0)
        {
            var text = Text.ToLowerInvariant();
            uses = uses.Where(use => use.Words.Contains(text));
        }

        if (State is not { } state)
        {
            return uses;
        }

        var seen = db.PiecesFor(reader);
        var newest = db.PieceVersions().Where(version => !db.PieceVersions().Any(later => later.PieceId == version.PieceId && later.No > version.No));
        return state switch
        {
            PieceState.Here => uses.Where(use => use.WithdrawnAt == null || use.WithdrawnAt >= end),
            PieceState.Withdrawn => uses.Where(use => use.WithdrawnAt < end),
            PieceState.Failed => uses.Where(use => newest.Any(version => version.PieceId == use.PieceId
                && db.FileChecks().Any(check => check.Hash == version.FileHash && check.Result != FileCheckResult.Sound && check.Result != FileCheckResult.Destroyed))),
            PieceState.Same => uses.Where(use => newest.Any(version => version.PieceId == use.PieceId
                && db.PieceVersions().Any(other => other.FileHash == version.FileHash && other.PieceId != use.PieceId
                    && seen.Any(one => one.Id == other.PieceId && one.WithdrawnAt == null)))),
        };
    }

    /// <summary>In order, from the place on: for one item as an index gives it.</summary>
    public IQueryable<PieceUse> Sort(IQueryable<PieceUse> uses)
    {
        // Of the two conditions of a place the first follows from the second, and is what an index can begin with.
        var last = After?.Id ?? Guid.Empty;
        switch (Order)
        {
            case PieceOrder.Date:
                if (AfterDay is { } day)
                {
                    uses = uses.Where(use => use.On <= day && (use.On < day || use.PieceId.CompareTo(last) > 0));
                }

                return uses.OrderByDescending(use => use.On).ThenBy(use => use.PieceId);
            case PieceOrder.Added: // ids are given in order of time
                return (After is null ? uses : uses.Where(use => use.PieceId.CompareTo(last) < 0)).OrderByDescending(use => use.PieceId);
            case PieceOrder.Title:
            default:
                if (After is { } titled)
                {
                    uses = uses.Where(use => string.Compare(use.Title, titled.Key) >= 0 && (string.Compare(use.Title, titled.Key) > 0 || use.PieceId.CompareTo(last) > 0));
                }

                return uses.OrderBy(use => use.Title).ThenBy(use => use.PieceId);
        }
    }

    /// <summary>In order.</summary>
    public IQueryable<Piece> Sort(IQueryable<Piece> pieces) => Order switch
    {
        PieceOrder.Date => pieces.OrderByDescending(piece => piece.EffectiveOn ?? Undated).ThenBy(piece => piece.Id),
        PieceOrder.Added => pieces.OrderByDescending(piece => piece.Id),
        _ => pieces.OrderBy(piece => piece.Title).ThenBy(piece => piece.Id),
    };

    private DateOnly? AfterDay => After is { } after && DateOnly.TryParseExact(after.Key, "yyyy-MM-dd", out var day) ? day : null;

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
