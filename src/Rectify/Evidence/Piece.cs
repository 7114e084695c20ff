using System.Security.Cryptography;
using Rectify.Platform;
using Rectify.Platform.Files;
using Rectify.Platform.Journal;

namespace Rectify.Evidence;

/// <summary>What a piece of evidence is: a closed list.</summary>
public enum PieceKind
{
    /// <summary>照片</summary>
    Photo,

    /// <summary>视频</summary>
    Video,

    /// <summary>方案、计划</summary>
    Plan,

    /// <summary>文件: an official document, reply or notice.</summary>
    Document,

    /// <summary>会议纪要</summary>
    Minutes,

    /// <summary>合同、招投标</summary>
    Contract,

    /// <summary>资金凭证</summary>
    Funding,

    /// <summary>许可、批复</summary>
    Permit,

    /// <summary>监测报告</summary>
    Monitoring,

    /// <summary>处罚决定、缴款凭证</summary>
    Penalty,

    /// <summary>现场核查记录</summary>
    SiteRecord,

    /// <summary>验收报告、验收意见</summary>
    Acceptance,

    /// <summary>公示材料</summary>
    Notice,

    /// <summary>台账、清单</summary>
    Ledger,

    /// <summary>其他</summary>
    Other,
}

/// <summary>The frame in which coordinates are given.</summary>
public enum Datum
{
    /// <summary>WGS-84, as satellites and cameras give it.</summary>
    Wgs84,

    /// <summary>CGCS2000, the national frame.</summary>
    Cgcs2000,

    /// <summary>GCJ-02, as most maps on phones in China show it.</summary>
    Gcj02,

    /// <summary>BD-09, as Baidu's maps show it.</summary>
    Bd09,
}

/// <summary>A place on the earth, in ten-millionths of a degree: about a centimetre.</summary>
public sealed record Spot(long Latitude, long Longitude, Datum Datum)
{
    public const int Scale = 7;

    private const decimal Unit = 10_000_000m;

    /// <exception cref="Refusal">422: no place on the earth.</exception>
    public static Spot Of(decimal latitude, decimal longitude, Datum datum) => latitude is >= -90 and <= 90 && longitude is >= -180 and <= 180
        ? new((long)decimal.Round(latitude * Unit), (long)decimal.Round(longitude * Unit), datum)
        : throw Refusal.Invalid("evidence.spot", "A latitude goes from -90 to 90, a longitude from -180 to 180.");

    public decimal LatitudeDegrees => Latitude / Unit;

    public decimal LongitudeDegrees => Longitude / Unit;
}

/// <summary>What people say about a piece of evidence.</summary>
/// <param name="Title">1 to 200 characters.</param>
/// <param name="EffectiveOn">The piece's own date (形成日期), not that of its upload; <see langword="null"/> where it carries none.</param>
/// <param name="Issuer">Who issued it, at most 200 characters.</param>
/// <param name="Number">Its document number as written on it, at most 200 characters.</param>
/// <param name="Place">At most 200 characters.</param>
/// <param name="From">The first day of the period that it speaks of.</param>
/// <param name="To">The last day of that period.</param>
public sealed record PieceDetails(
    string Title, PieceKind Kind, DateOnly? EffectiveOn = null, string Issuer = "", string Number = "", string Place = "", Spot? Spot = null,
    DateOnly? From = null, DateOnly? To = null)
{
    /// <exception cref="Refusal">422: a text of the wrong length, or days that cannot be.</exception>
    internal PieceDetails Checked(DateOnly today)
    {
        var clean = this with { Title = Title.Trim(), Issuer = Issuer.Trim(), Number = Number.Trim(), Place = Place.Trim() };
        return clean.Title.Length is < 1 or > 200 ? throw Refusal.Invalid("evidence.title", "A title has 1 to 200 characters.")
            : clean.Issuer.Length > 200 || clean.Number.Length > 200 || clean.Place.Length > 200
                ? throw Refusal.Invalid("evidence.long", "Issuer, document number and place have at most 200 characters each.")
            : !Enum.IsDefined(Kind) || Spot is not null && !Enum.IsDefined(Spot.Datum) ? throw Refusal.Malformed("There is no such kind of evidence.")
            : EffectiveOn > today ? throw Refusal.Invalid("evidence.future", $"{EffectiveOn:yyyy-MM-dd} has not come yet.", EffectiveOn)
            : From > To ? throw Refusal.Invalid("evidence.period", "The period ends before it begins.")
            : clean;
    }
}

/// <summary>A piece of evidence (佐证材料): what it is, whose it is, what it proves. Its files are <see cref="PieceVersion"/>s.</summary>
public sealed class Piece
{
    private Piece() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>How outsiders know it: random, so that it tells nothing.</summary>
    public Guid PublicId { get; private init; } = new(RandomNumberGenerator.GetBytes(16));

    public required Guid ProgrammeId { get; init; }

    /// <summary>Whose it is: nobody of another unit changes it.</summary>
    public required Guid UnitId { get; init; }

    /// <summary>Whether it was handed in by whoever accepts or supervises: then it is theirs alone to change, also where their unit reports.</summary>
    public bool OfJudge { get; init; }

    public string Title { get; private set; } = "";

    public PieceKind Kind { get; private set; }

    /// <summary>The piece's own date (形成日期).</summary>
    public DateOnly? EffectiveOn { get; private set; }

    public string Issuer { get; private set; } = "";

    public string Number { get; private set; } = "";

    public string Place { get; private set; } = "";

    /// <summary>In ten-millionths of a degree; with <see cref="Longitude"/> and <see cref="Datum"/>, or not at all.</summary>
    public long? Latitude { get; private set; }

    public long? Longitude { get; private set; }

    public Datum? Datum { get; private set; }

    public DateOnly? PeriodFrom { get; private set; }

    public DateOnly? PeriodTo { get; private set; }

    public required DateTimeOffset AddedAt { get; init; }

    public DateTimeOffset? WithdrawnAt { get; private set; }

    /// <summary>Why it was withdrawn; at most 500 characters.</summary>
    public string WithdrawnBecause { get; private set; } = "";

    /// <summary>The number of its newest file, counted from 1.</summary>
    public int Newest { get; private set; }

    /// <summary>Grows by one with every change; whoever writes with an older number is refused.</summary>
    public int Version { get; private set; }

    public Spot? Spot => Latitude is { } latitude && Longitude is { } longitude && Datum is { } datum ? new(latitude, longitude, datum) : null;

    public PieceDetails Details => new(Title, Kind, EffectiveOn, Issuer, Number, Place, Spot, PeriodFrom, PeriodTo);

    /// <exception cref="Refusal">422: details that cannot be.</exception>
    public static Piece Create(Guid programme, Guid unit, PieceDetails details, DateTimeOffset now, DateOnly today, bool ofJudge = false)
    {
        var piece = new Piece { ProgrammeId = programme, UnitId = unit, AddedAt = now, OfJudge = ofJudge };
        piece.Take(details.Checked(today));
        return piece;
    }

    /// <exception cref="Refusal">409: withdrawn. 422: details that cannot be.</exception>
    public void Change(PieceDetails details, DateOnly today)
    {
        var clean = details.Checked(today);
        Demand();
        Take(clean);
        Version++;
    }

    /// <summary>Counts a further file.</summary>
    /// <param name="reason">Why it takes the place of the one before; empty for the first.</param>
    /// <exception cref="Refusal">409: withdrawn. 422: no reason.</exception>
    public int NextVersion(string reason)
    {
        Demand();
        if (Newest > 0 && reason.Trim().Length is < 1 or > 500)
        {
            throw Refusal.Invalid("evidence.reason", "Say in 1 to 500 characters why.");
        }

        Version++;
        return ++Newest;
    }

    /// <exception cref="Refusal">409: withdrawn already. 422: no reason.</exception>
    public void Withdraw(string reason, DateTimeOffset now)
    {
        Demand();
        if (reason.Trim() is not { Length: >= 1 and <= 500 } because)
        {
            throw Refusal.Invalid("evidence.reason", "Say in 1 to 500 characters why.");
        }

        (WithdrawnAt, WithdrawnBecause) = (now, because);
        Version++;
    }

    private void Demand()
    {
        if (WithdrawnAt is not null)
        {
            throw Refusal.Conflict("evidence.withdrawn", "This evidence was withdrawn and stays as it is.");
        }
    }

    private void Take(PieceDetails clean)
    {
        (Title, Kind, EffectiveOn, Issuer, Number, Place) = (clean.Title, clean.Kind, clean.EffectiveOn, clean.Issuer, clean.Number, clean.Place);
        (Latitude, Longitude, Datum) = (clean.Spot?.Latitude, clean.Spot?.Longitude, clean.Spot?.Datum);
        (PeriodFrom, PeriodTo) = (clean.From, clean.To);
    }
}

/// <summary>One file of a piece. Earlier ones stay when a further one takes their place.</summary>
public sealed class PieceVersion : IFileRecord, IKeptAsWritten
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid PieceId { get; init; }

    /// <summary>Counted from 1.</summary>
    public required int No { get; init; }

    /// <summary>SHA-256, 64 small hexadecimal digits: where the file stands in the store.</summary>
    public required string FileHash { get; init; }

    /// <summary>SM3, 64 small hexadecimal digits.</summary>
    public required string Sm3 { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    /// <summary>As its sender called it; empty once the file is destroyed, as is what the camera says.</summary>
    public required string FileName { get; set; }

    /// <summary>What its content is: a name of <see cref="FileTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>Empty: what opens the file's commitment stands encrypted among the openings of its entry. In rows of versions before: those 32 random bytes, until <see cref="EncryptOpenings"/> moves them.</summary>
    public byte[] Salt { get; private set; } = [];

    /// <summary>Why it took the place of the one before; empty for the first.</summary>
    public string Reason { get; init; } = "";

    public required DateTimeOffset AddedAt { get; init; }

    public required Actor AddedBy { get; init; }

    /// <summary>When the camera says it was taken, by its own clock: <c>2019-03-20 16:05:09</c>, with <c>+08:00</c> where it says so.</summary>
    public string TakenAt { get; set; } = "";

    /// <summary>Where the camera says it was taken, WGS-84, in ten-millionths of a degree.</summary>
    public long? TakenLatitude { get; set; }

    public long? TakenLongitude { get; set; }

    /// <summary>What took it, or what last edited it, as the file says.</summary>
    public string TakenWith { get; set; } = "";

    Guid IPartOf.Whole => PieceId;

    void IFileRecord.DropSalt() => Salt = [];

    IReadOnlyList<string> IFileRecord.Forget()
    {
        (FileName, TakenAt, TakenLatitude, TakenLongitude, TakenWith) = ("", "", null, null, "");
        return [nameof(FileName), nameof(TakenAt), nameof(TakenLatitude), nameof(TakenLongitude), nameof(TakenWith)];
    }

    public Spot? TakenSpot => TakenLatitude is { } latitude && TakenLongitude is { } longitude ? new(latitude, longitude, Datum.Wgs84) : null;
}

/// <summary>One item that a piece proves, with what the piece says once more: an index then gives an item's pieces filtered and in order, and no piece is opened but those shown.</summary>
public sealed class PieceUse : IPartOf
{
    private PieceUse() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid PieceId { get; init; }

    /// <summary>A task, measure, point or sub-task of the piece's programme.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The piece's own date; <see cref="PieceQuery.Undated"/> where it carries none.</summary>
    public DateOnly On { get; private set; }

    public PieceKind Kind { get; private set; }

    public Guid UnitId { get; private set; }

    public string Title { get; private set; } = "";

    /// <summary>Title, issuer, document number and place in small letters, a line each: what a search looks into.</summary>
    public string Words { get; private set; } = "";

    public DateTimeOffset AddedAt { get; private set; }

    public DateTimeOffset? WithdrawnAt { get; private set; }

    /// <summary>Another number at random whenever anything changed by which a dossier judges the piece: see <see cref="PieceMarks"/>.</summary>
    public int Mark { get; private set; }

    Guid IPartOf.Whole => PieceId;

    public static PieceUse Of(Piece piece, Guid item)
    {
        var use = new PieceUse { PieceId = piece.Id, ItemId = item };
        use.Take(piece);
        return use;
    }

    /// <summary>Takes over what the piece says now.</summary>
    public void Take(Piece piece)
    {
        (On, Kind, UnitId, Title) = (piece.EffectiveOn ?? PieceQuery.Undated, piece.Kind, piece.UnitId, piece.Title);
        Words = $"{piece.Title}\n{piece.Issuer}\n{piece.Number}\n{piece.Place}".ToLowerInvariant();
        (AddedAt, WithdrawnAt) = (piece.AddedAt, piece.WithdrawnAt);
        Renew();
    }

    /// <summary>Says that something about the piece changed.</summary>
    public void Renew() => Mark = RandomNumberGenerator.GetInt32(int.MaxValue);
}
