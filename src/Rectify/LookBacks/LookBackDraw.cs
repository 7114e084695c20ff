using System.Text.RegularExpressions;
using Rectify.Platform;
using Rectify.Platform.Journal;

namespace Rectify.LookBacks;

public enum DrawState
{
    /// <summary>名单已公布: the list is fixed, the seed is not known yet.</summary>
    Listed,

    /// <summary>已抽取: the seed was entered, and the lots decided.</summary>
    Drawn,

    /// <summary>已作废, with the reason; it stays to be seen.</summary>
    Voided,
}

/// <summary>What a list is divided by (分层), so that so many are drawn from each part.</summary>
public enum DrawParts
{
    None,

    /// <summary>By the unit that leads.</summary>
    Unit,

    Aspect,
}

/// <summary>What the office fixes before the lots are drawn.</summary>
/// <param name="Each">How many are drawn from each part, or in all where the list is not divided; 1 to 500.</param>
/// <param name="Source">Where the seed will come from, told in advance; 1 to 300 characters.</param>
/// <param name="SeedOn">The day on which the seed becomes known. After today, or with a commitment today at the earliest.</param>
/// <param name="Commitment">SHA-256 of a seed that is kept secret until then, 64 hexadecimal digits; empty for a public number.</param>
/// <param name="DueOn">Last day of the checks.</param>
/// <param name="Unit">Who checks; <see langword="null"/> for each item's own leading unit.</param>
/// <param name="Person">Who is to check; at most 100 characters.</param>
public sealed record DrawDetails(DrawParts Parts, int Each, string Source, DateOnly SeedOn, string Commitment, DateOnly DueOn, Guid? Unit, string Person);

/// <summary>One draw of a plan: its list, where its seed comes from, and what came of it. Anyone can recompute it: docs/formats/draw.md.</summary>
public sealed partial class LookBackDraw : IKeptAsWritten
{
    /// <summary>A public seed, such as a lottery's numbers; longer ones are no use.</summary>
    public const int LongestSeed = 200;

    private LookBackDraw() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid PlanId { get; init; }

    /// <summary>Counted from 1 within the plan.</summary>
    public required int No { get; init; }

    public required DrawParts Parts { get; init; }

    public required int Each { get; init; }

    /// <summary>The list as published: see <see cref="Lot.List"/>.</summary>
    public required string List { get; init; }

    /// <summary>SHA-256 of <see cref="List"/>, 64 small hexadecimal digits.</summary>
    public required string ListHash { get; init; }

    /// <summary>How many candidates the list has.</summary>
    public required int Candidates { get; init; }

    public required string Source { get; init; }

    public required DateOnly SeedOn { get; init; }

    public required string Commitment { get; init; }

    public required DateOnly DueOn { get; init; }

    public Guid? UnitId { get; init; }

    public required string Person { get; init; }

    public required DateTimeOffset ListedAt { get; init; }

    public required Actor ListedBy { get; init; }

    public DrawState State { get; private set; }

    /// <summary>Empty until it was entered; entered once.</summary>
    public string Seed { get; private set; } = "";

    public DateTimeOffset? DrawnAt { get; private set; }

    public Actor? DrawnBy { get; private set; }

    public DateTimeOffset? VoidedAt { get; private set; }

    public Actor? VoidedBy { get; private set; }

    public string VoidedBecause { get; private set; } = "";

    /// <summary>The plan while it stands: a plan has one draw that was not voided.</summary>
    public Guid? LivePlan { get; private set; }

    /// <summary>Programme and list while it stands: no list is drawn from twice.</summary>
    public string? LiveList { get; private set; }

    public int Version { get; private set; }

    /// <summary>The lots, all of them; empty before the seed is known.</summary>
    public IReadOnlyList<Lot.Ticket> Tickets => Seed.Length == 0 ? [] : Lot.Draw(Seed, Lot.Read(List), Each);

    /// <exception cref="Refusal">422: nobody to draw from, a number, text or day that cannot be.</exception>
    internal static LookBackDraw Create(LookBackPlan plan, DrawDetails details, IReadOnlyList<Lot.Candidate> candidates, Actor by, DateOnly today, DateTimeOffset now)
    {
        var (source, commitment, person) = (details.Source.Trim(), details.Commitment.Trim().ToLowerInvariant(), details.Person.Trim());
        if (candidates.Count == 0)
        {
            throw Refusal.Invalid("draw.empty", "No closed item is left to draw from.");
        }

        if (details.Each is < 1 or > 500 || person.Length > 100)
        {
            throw Refusal.Invalid("draw.each", "Draw 1 to 500 from each part; who checks is named in at most 100 characters.");
        }

        if (source.Length is < 1 or > 300)
        {
            throw Refusal.Invalid("draw.source", "Say in 1 to 300 characters where the seed will come from.");
        }

        if (commitment.Length > 0 && !Hash().IsMatch(commitment))
        {
            throw Refusal.Invalid("draw.commitment", "A commitment is a SHA-256 of 64 hexadecimal digits.");
        }

        // What is known already could have chosen the list.
        if (details.SeedOn < (commitment.Length > 0 ? today : today.AddDays(1)))
        {
            throw Refusal.Invalid("draw.day", "A public number becomes known after today: the list is fixed before it.");
        }

        if (details.DueOn < details.SeedOn)
        {
            throw Refusal.Invalid("draw.due", "The checks are due after the draw.");
        }

        var list = Lot.List(candidates);
        var hash = Lot.Hex(list);
        return new()
        {
            PlanId = plan.Id,
            No = plan.NextDraw(),
            Parts = details.Parts,
            Each = details.Each,
            List = list,
            ListHash = hash,
            Candidates = candidates.Count,
            Source = source,
            SeedOn = details.SeedOn,
            Commitment = commitment,
            DueOn = details.DueOn,
            UnitId = details.Unit,
            Person = person,
            ListedAt = now,
            ListedBy = by,
            LivePlan = plan.Id,
            LiveList = $"{plan.ProgrammeId:N}:{hash}",
        };
    }

    /// <summary>Takes the seed, once.</summary>
    /// <exception cref="Refusal">409: drawn or voided already, or changed since it was seen. 422: too early, no seed, or not the one that was committed to.</exception>
    internal DrawDone Take(string seed, int version, Actor by, DateOnly today, DateTimeOffset now)
    {
        Demand(DrawState.Listed, version);
        if (today < SeedOn)
        {
            throw Refusal.Invalid("draw.early", $"The seed becomes known on {SeedOn:yyyy-MM-dd}.", SeedOn);
        }

        var clean = seed.Trim();
        if (clean.Length is < 1 or > LongestSeed || clean.Any(char.IsControl))
        {
            throw Refusal.Invalid("draw.seed", "Enter the seed as it was published, in one line of at most 200 characters.");
        }

        if (Commitment.Length > 0 && Lot.Hex(clean) != Commitment)
        {
            throw Refusal.Invalid("draw.committed", "This is not the seed that was committed to: its SHA-256 differs.");
        }

        (State, Seed, DrawnAt, DrawnBy) = (DrawState.Drawn, clean, now, by);
        Version++;
        return new() { Subject = Id, By = by, At = now, Seed = Lot.Hex(clean), Drawn = Tickets.Count(ticket => ticket.Drawn) };
    }

    /// <exception cref="Refusal">409: voided already, or changed since it was seen. 422: no reason.</exception>
    internal DrawVoided Void(string because, int version, Actor by, DateTimeOffset now)
    {
        if (State is DrawState.Voided)
        {
            throw Refusal.Conflict("draw.step", "The draw does not stand there any more. Load it again.");
        }

        Demand(State, version);
        if (because.Trim() is not { Length: > 0 and <= 500 } reason)
        {
            throw Refusal.Invalid("draw.reason", "Say in 1 to 500 characters why the draw is voided.");
        }

        (State, VoidedAt, VoidedBy, VoidedBecause, LivePlan, LiveList) = (DrawState.Voided, now, by, reason, null, null);
        Version++;
        return new() { Subject = Id, By = by, At = now };
    }

    private void Demand(DrawState state, int version)
    {
        if (State != state)
        {
            throw Refusal.Conflict("draw.step", "The draw does not stand there any more. Load it again.");
        }

        if (Version != version)
        {
            throw Refusal.Stale();
        }
    }

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Hash();
}
