using Rectify.Platform;

namespace Rectify.Bulletins;

/// <summary>How a programme's bulletins are headed and numbered.</summary>
/// <param name="Mark">The red head, 1 to 30 characters: 督察整改调度通报.</param>
/// <param name="Issuer">The issuing body, 1 to 100 characters.</param>
/// <param name="PerYear">Whether each year counts from 1 anew.</param>
/// <param name="FirstNo">The number of the first bulletin issued here, 1 to 9 999: earlier ones may have been issued on paper.</param>
/// <param name="Report">报: to whom each bulletin is reported unless its draft says otherwise; may be empty, as the next two.</param>
public sealed record SeriesDetails(string Mark, string Issuer, bool PerYear, int FirstNo, string Report, string Send, string Distribute, int Copies);

/// <summary>One programme's bulletins: head, issuer, numbers, receivers.</summary>
public sealed class BulletinSeries
{
    private BulletinSeries() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public Guid ProgrammeId { get; private init; }

    public string Mark { get; private set; } = "";

    public string Issuer { get; private set; } = "";

    public bool PerYear { get; private set; }

    public int FirstNo { get; private set; } = 1;

    public string Report { get; private set; } = "";

    public string Send { get; private set; } = "";

    public string Distribute { get; private set; } = "";

    public int Copies { get; private set; }

    public int Version { get; private set; }

    public SeriesDetails Details => new(Mark, Issuer, PerYear, FirstNo, Report, Send, Distribute, Copies);

    /// <summary>The year within which a bulletin of that day is numbered; 0 where numbers run on.</summary>
    public int YearOf(DateOnly day) => PerYear ? day.Year : 0;

    public static BulletinSeries Create(Guid programme, string mark, string issuer) => new() { ProgrammeId = programme, Mark = mark, Issuer = issuer };

    /// <param name="counted">Whether bulletins were issued already: then their numbers go on as they began.</param>
    /// <exception cref="Refusal">409: numbered otherwise already. 422: a text missing or too long, a number out of range.</exception>
    public BulletinSeriesChanged Change(SeriesDetails details, bool counted, Actor by, DateTimeOffset now)
    {
        if (counted && (details.PerYear, details.FirstNo) != (PerYear, FirstNo))
        {
            throw Refusal.Conflict("bulletin.numbered", "Bulletins were issued already: their numbers go on as they began.");
        }

        if (details.Mark.Trim() is not { Length: > 0 and <= 30 } mark || details.Issuer.Trim() is not { Length: > 0 and <= 100 } issuer)
        {
            throw Refusal.Invalid("bulletin.head", "The head has 1 to 30 characters, the issuing body 1 to 100.");
        }

        if (details.FirstNo is < 1 or > 9_999 || details.Copies is < 0 or > 9_999)
        {
            throw Refusal.Invalid("bulletin.first", "The first number goes from 1 to 9,999, copies from 0 to 9,999.");
        }

        if (new[] { details.Report, details.Send, details.Distribute }.Any(text => text.Trim().Length > 500))
        {
            throw Refusal.Invalid("bulletin.long", "The foreword has at most 2,000 characters, the requirements 4,000, each list of receivers 500.");
        }

        (Mark, Issuer, PerYear, FirstNo, Copies) = (mark, issuer, details.PerYear, details.FirstNo, details.Copies);
        (Report, Send, Distribute) = (details.Report.Trim(), details.Send.Trim(), details.Distribute.Trim());
        Version++;
        return new() { Subject = ProgrammeId, By = by, At = now, PerYear = PerYear, FirstNo = FirstNo };
    }
}
