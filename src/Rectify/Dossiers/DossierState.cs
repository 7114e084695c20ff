using Rectify.Evidence;

namespace Rectify.Dossiers;

/// <summary>How a requirement stands on a day.</summary>
public enum RequirementState
{
    /// <summary>已有</summary>
    Present,

    /// <summary>缺</summary>
    Missing,

    /// <summary>过期: there would be enough, had none grown old.</summary>
    Expired,

    /// <summary>重复: there would be enough, were none the same file as another piece.</summary>
    Duplicate,

    /// <summary>未到: not enough, and it need not be there yet.</summary>
    NotYet,
}

/// <summary>What keeps a piece of the right kind from counting.</summary>
[Flags]
public enum Unfit
{
    None = 0,

    /// <summary>No issuer, or another.</summary>
    Issuer = 1,

    /// <summary>No place, or another.</summary>
    Place = 2,

    /// <summary>No period, or one that is too short.</summary>
    Period = 4,

    /// <summary>No date of its own.</summary>
    Date = 8,
}

/// <summary>A piece as a dossier judges it.</summary>
/// <param name="Id">The piece's.</param>
/// <param name="Hash">Its file: two pieces with one file count once.</param>
/// <param name="Items">What it proves, and the parts that these stand below.</param>
/// <param name="Duplicate">The same file stood for another piece before, and nobody declared that legitimate.</param>
internal sealed record FiledPiece(Guid Id, PieceDetails Details, string Hash, IReadOnlyCollection<Guid> Items, bool Duplicate);

/// <summary>The days of an item that requirements hang on, as known on the day looked at; <see langword="null"/> for what has not happened.</summary>
/// <param name="Due">The deadline in force.</param>
/// <param name="Began">The last day of the state before the work: that of its start, or of the plan's approval where nobody recorded a start.</param>
/// <param name="Happened">First days of facts since the item was last taken up.</param>
internal sealed record ItemDays(DateOnly? Approved, DateOnly? Due, DateOnly? Began, IReadOnlyDictionary<RequiredFrom, DateOnly> Happened)
{
    /// <summary>The day from which a requirement holds, or <see langword="null"/> if that cannot be said yet.</summary>
    public DateOnly? DueOf(Requirement requirement) => (requirement.From switch
    {
        RequiredFrom.Approved => Approved,
        RequiredFrom.Finish => Of(RequiredFrom.Completed) is { } completed && (Due is not { } due || completed < due) ? completed : Due,
        _ => Of(requirement.From),
    })?.AddDays(requirement.Days);

    /// <summary>The day on which a piece's age is judged: once the item is closed its evidence grows no older.</summary>
    public DateOnly JudgedOn(DateOnly day) => Of(RequiredFrom.Closed) is { } closed && closed < day ? closed : day;

    private DateOnly? Of(RequiredFrom what) => Happened.TryGetValue(what, out var day) ? day : null;
}

/// <summary>Photos of one place.</summary>
/// <param name="Before">The earliest one dated up to the day the work began.</param>
/// <param name="After">The latest one dated after it.</param>
internal sealed record PhotoPair(string Place, Guid? Before, Guid? After)
{
    public bool IsWhole => Before is not null && After is not null;
}

/// <summary>A piece that answers to a requirement.</summary>
internal enum PieceStanding { Sound, Expired, Duplicate }

/// <summary>One requirement of a dossier and what there is for it.</summary>
/// <param name="Target">The item, or the measure that it is asked of.</param>
/// <param name="Have">Different files, or pairs, that count.</param>
/// <param name="DueOn">The day it has to be there, where that is known.</param>
/// <param name="Pieces">What fits, in the order of their dates.</param>
/// <param name="Unfit">Pieces of the right kind that do not fit, and why.</param>
internal sealed record DossierLine(
    Requirement Requirement, Guid Target, RequirementState State, int Have, DateOnly? DueOn, IReadOnlyList<(Guid Piece, PieceStanding Standing)> Pieces,
    IReadOnlyList<(Guid Piece, Unfit Why)> Unfit, IReadOnlyList<PhotoPair> Pairs)
{
    public int Lacking => Math.Max(0, Requirement.Count - Have);

    /// <summary>Whether it has to be there and is not.</summary>
    public bool IsLacking => State is not (RequirementState.Present or RequirementState.NotYet);
}

/// <summary>Judges pieces by requirements: the only place that says what a dossier lacks.</summary>
internal static class DossierState
{
    /// <param name="item">The item; <paramref name="measures"/> and other parts stand in its dossier.</param>
    /// <param name="parts">Item, measures and points.</param>
    public static List<DossierLine> Of(
        Requirements requirements, string taskType, Guid item, IReadOnlyList<Guid> measures, IReadOnlyCollection<Guid> parts, IReadOnlyCollection<FiledPiece> pieces,
        ItemDays days, DateOnly day) =>
    [
        .. from requirement in requirements.For(taskType, parts)
           from target in requirement.PerMeasure && requirement.ItemId is null ? measures : [requirement.ItemId ?? item]
           select Of(requirement, target, [.. pieces.Where(piece => target == item || piece.Items.Contains(target))], days, day),
    ];

    private static DossierLine Of(Requirement requirement, Guid target, List<FiledPiece> pieces, ItemDays days, DateOnly day)
    {
        var asked = pieces.Where(piece => IsAsked(requirement, piece.Details)).Select(piece => (Piece: piece, Why: WhyNot(requirement, piece.Details))).ToList();
        var fit = asked.Where(one => one.Why is Unfit.None)
            .OrderBy(one => one.Piece.Details.EffectiveOn).ThenBy(one => one.Piece.Id)
            .Select(one => (one.Piece, Standing: Standing(requirement, one.Piece, days.JudgedOn(day)))).ToList();
        int Count(params PieceStanding[] standings)
        {
            var counted = fit.Where(one => standings.Contains(one.Standing)).Select(one => one.Piece).ToList();
            return requirement.Pairs ? PhotoPairs.Of(counted, days.Began).Count(pair => pair.IsWhole) : counted.DistinctBy(piece => piece.Hash).Count();
        }

        var have = Count(PieceStanding.Sound);
        var due = days.DueOf(requirement);
        var state = have >= requirement.Count ? RequirementState.Present
            : due is not { } from || from > day ? RequirementState.NotYet
            : Count(PieceStanding.Sound, PieceStanding.Expired) >= requirement.Count ? RequirementState.Expired
            : Count(PieceStanding.Sound, PieceStanding.Expired, PieceStanding.Duplicate) >= requirement.Count ? RequirementState.Duplicate
            : RequirementState.Missing;
        return new(
            requirement, target, state, have, due, [.. fit.Select(one => (one.Piece.Id, one.Standing))],
            [.. asked.Where(one => one.Why is not Unfit.None).Select(one => (one.Piece.Id, one.Why))],
            requirement.Pairs ? PhotoPairs.Of([.. fit.Where(one => one.Standing is PieceStanding.Sound).Select(one => one.Piece)], days.Began) : []);
    }

    /// <summary>The last day on which a piece proves something for a requirement that lets it grow old.</summary>
    public static DateOnly? ValidUntil(Requirement requirement, PieceDetails piece) =>
        requirement.ValidMonths is { } months && (piece.To ?? piece.EffectiveOn) is { } last ? last.AddMonths(months) : null;

    private static PieceStanding Standing(Requirement requirement, FiledPiece piece, DateOnly judged) =>
        piece.Duplicate ? PieceStanding.Duplicate
        : ValidUntil(requirement, piece.Details) < judged ? PieceStanding.Expired
        : PieceStanding.Sound;

    private static bool IsAsked(Requirement requirement, PieceDetails piece) =>
        piece.Kind == requirement.Kind
        && (requirement.Words.Length == 0 || requirement.WordList.Any(word => piece.Title.Contains(word, StringComparison.OrdinalIgnoreCase)));

    private static Unfit WhyNot(Requirement requirement, PieceDetails piece) =>
        (requirement.NeedsIssuer && piece.Issuer.Length == 0 || !piece.Issuer.Contains(requirement.Issuer, StringComparison.OrdinalIgnoreCase) ? Unfit.Issuer : Unfit.None)
        | (requirement.NeedsPlace && piece.Place.Length == 0 && piece.Spot is null || !piece.Place.Contains(requirement.Place, StringComparison.OrdinalIgnoreCase)
            || requirement.Pairs && PhotoPairs.IsNowhere(piece) ? Unfit.Place : Unfit.None)
        | (requirement.PeriodMonths is { } months && !(piece is { From: { } from, To: { } to } && from.AddMonths(months) <= to.AddDays(1)) ? Unfit.Period : Unfit.None)
        | ((requirement.ValidMonths is not null && (piece.To ?? piece.EffectiveOn) is null) || requirement.Pairs && piece.EffectiveOn is null ? Unfit.Date : Unfit.None);
}

/// <summary>Puts photos of one place side by side: before the work, and after.</summary>
internal static class PhotoPairs
{
    /// <summary>Photos without a name of their place stand together within so many metres.</summary>
    private const double Near = 50;

    private const double MetresPerDegree = 111_320;

    public static bool IsNowhere(PieceDetails piece) => Name(piece.Place).Length == 0 && piece.Spot is null;

    /// <param name="began">The last day that counts as before; without it nothing counts as after.</param>
    public static IReadOnlyList<PhotoPair> Of(IReadOnlyCollection<FiledPiece> photos, DateOnly? began)
    {
        var places = new List<(string Name, string Shown, List<FiledPiece> Photos)>();
        // Named ones first: one without a name joins the nearest by what a camera or a person measured.
        foreach (var photo in photos.OrderBy(photo => Name(photo.Details.Place).Length == 0).ThenBy(photo => photo.Details.EffectiveOn).ThenBy(photo => photo.Id))
        {
            var name = Name(photo.Details.Place);
            var at = name.Length > 0
                ? places.FindIndex(place => place.Name == name)
                : places.FindIndex(place => place.Photos.Exists(other => IsNear(other.Details.Spot, photo.Details.Spot)));
            if (at < 0)
            {
                places.Add((name, photo.Details.Place, [photo]));
            }
            else
            {
                places[at].Photos.Add(photo);
            }
        }

        return [.. places.Select(place => new PhotoPair(
            place.Shown.Length > 0 ? place.Shown : place.Photos[0].Details.Title,
            place.Photos.Where(photo => began is null || photo.Details.EffectiveOn <= began).OrderBy(photo => photo.Details.EffectiveOn).ThenBy(photo => photo.Id).FirstOrDefault()?.Id,
            place.Photos.Where(photo => photo.Details.EffectiveOn > began).OrderBy(photo => photo.Details.EffectiveOn).ThenBy(photo => photo.Id).LastOrDefault()?.Id))];
    }

    /// <summary>A place's name without width of letters, spaces and marks.</summary>
    private static string Name(string place) => string.Concat(place.Normalize(System.Text.NormalizationForm.FormKC).Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static bool IsNear(Spot? one, Spot? other)
    {
        if (one is null || other is null || one.Datum != other.Datum)
        {
            return false;
        }

        var north = (double)(one.LatitudeDegrees - other.LatitudeDegrees) * MetresPerDegree;
        var east = (double)(one.LongitudeDegrees - other.LongitudeDegrees) * MetresPerDegree * Math.Cos((double)one.LatitudeDegrees * Math.PI / 180);
        return Math.Sqrt(north * north + east * east) <= Near;
    }
}
