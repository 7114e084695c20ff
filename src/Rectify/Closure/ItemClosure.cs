using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Rectify.Calendars;
using Rectify.Platform;
using Rectify.Platform.Journal;
using Rectify.Procedures;
using Rectify.Tasks;

namespace Rectify.Closure;

/// <summary>The closing of one item by one responsible unit (整改销号), from the declaration to the last step of its procedure.</summary>
public sealed class ItemClosure : IKeptAsWritten
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    private ItemClosure() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>How outsiders know it: random, so that it tells nothing.</summary>
    public Guid PublicId { get; private init; } = new(RandomNumberGenerator.GetBytes(16));

    public required Guid ProgrammeId { get; init; }

    /// <summary>The task, sub-task, measure or point.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The responsible unit that closes it.</summary>
    public required Guid UnitId { get; init; }

    /// <summary>1 while it is the one that counts for its item and unit; <see langword="null"/> once withdrawn or superseded.</summary>
    public int? Live { get; private set; } = 1;

    /// <summary>The version of the procedure that it began with and keeps.</summary>
    public required int ProcedureNo { get; init; }

    public required DateTimeOffset BeganAt { get; init; }

    public ClosureState State { get; private set; }

    public ClosureOutcome Outcome { get; private set; }

    /// <summary>How often it was declared, counted from 1: only acts of the present cycle count.</summary>
    public int Cycle { get; private set; } = 1;

    /// <summary>How often it was sent back (退回次数).</summary>
    public int Returns { get; private set; }

    /// <summary>How many steps of its way are taken; the next one is at this place, counted from 0.</summary>
    public int StepNo { get; private set; }

    /// <summary>The key of the next step; empty when there is none.</summary>
    public string StepKey { get; private set; } = "";

    /// <summary>Since when it waits for that step.</summary>
    public DateOnly StepSince { get; private set; }

    /// <summary>The last day of that step's time limit.</summary>
    public DateOnly? StepDue { get; private set; }

    /// <summary>The notice that stands or stood in this cycle.</summary>
    public Guid? NoticeId { get; private set; }

    /// <summary>The day on which its item was closed by it, or found not to concern the unit.</summary>
    public DateOnly? ClosedOn { get; private set; }

    /// <summary>The declaration as JSON: read and replaced as a whole.</summary>
    public string Declared { get; private set; } = "";

    /// <summary>Grows by one with every change; whoever writes with an older number is refused.</summary>
    public int Version { get; private set; }

    public Declaration Declaration => JsonSerializer.Deserialize<Declaration>(Declared, Json)!;

    public bool IsOpen => State is ClosureState.Drafting or ClosureState.Running;

    /// <summary>Whether it had closed when something was taken up again: then it stays as it was, and closes nothing anew.</summary>
    internal bool IsBefore(ItemFact taken) => ClosedOn <= taken.On && BeganAt < taken.RecordedAt;

    internal static ItemClosure Create(Guid programme, Guid item, Guid unit, int procedure, ProcedureStep first, Declaration declaration, DateOnly today, DateTimeOffset now) => new()
    {
        ProgrammeId = programme,
        ItemId = item,
        UnitId = unit,
        ProcedureNo = procedure,
        BeganAt = now,
        StepKey = first.Key,
        StepSince = today,
        Declared = Write(declaration),
    };

    /// <exception cref="Refusal">409: declared already, or changed since it was seen.</exception>
    internal void Save(Declaration declaration, int version)
    {
        Demand(version);
        if (State is not ClosureState.Drafting)
        {
            throw Refusal.Conflict("closure.declared", "It is declared: what was signed is not changed. Take the application back first.");
        }

        (Declared, Outcome) = (Write(declaration), declaration.Outcome);
        Version++;
    }

    /// <summary>Goes on to the next step of the way, or ends.</summary>
    /// <param name="way">The steps that it goes by, in order.</param>
    /// <param name="to">The place of the next step.</param>
    internal void GoTo(IReadOnlyList<ProcedureStep> way, int to, DateOnly on, WorkingCalendar calendar)
    {
        State = to < way.Count ? ClosureState.Running : ClosureState.Finished;
        (StepNo, StepKey, StepSince) = (to, to < way.Count ? way[to].Key : "", on);
        StepDue = to < way.Count ? way[to].Limit?.LastDay(on, firstCounts: false, calendar) : null;
        Version++;
    }

    internal void Close(DateOnly on) => ClosedOn = on;

    /// <summary>Counts a signature that was given again, so that two who give it at the same time notice.</summary>
    internal void Renewed() => Version++;

    internal void Notice(Guid? notice)
    {
        NoticeId = notice;
        Version++;
    }

    /// <summary>Back to the unit: what was declared stays as a draft, and everything is signed anew.</summary>
    internal void SendBack(IReadOnlyList<ProcedureStep> way, DateOnly on, bool returned, WorkingCalendar calendar)
    {
        (State, Cycle, StepNo, StepKey, StepSince, StepDue, NoticeId) = (ClosureState.Drafting, Cycle + 1, 0, way[0].Key, on, way[0].Limit?.LastDay(on, firstCounts: false, calendar), null);
        Returns += returned ? 1 : 0;
        Version++;
    }

    /// <summary>Counts the time of the step that is open anew, by other holidays.</summary>
    /// <returns>Whether its last day moved.</returns>
    internal bool Recount(IReadOnlyList<ProcedureStep> way, WorkingCalendar calendar)
    {
        if (!IsOpen || StepDue is null || StepNo >= way.Count || way[StepNo].Limit?.LastDay(StepSince, firstCounts: false, calendar) is not { } due || due == StepDue)
        {
            return false;
        }

        StepDue = due;
        Version++;
        return true;
    }

    internal void Withdraw()
    {
        (State, StepKey, StepDue, Live) = (ClosureState.Withdrawn, "", null, null);
        Version++;
    }

    /// <summary>Its item was taken up again after it had closed: it stays as it was, and another closure may begin.</summary>
    internal void Supersede()
    {
        (State, StepKey, StepDue, Live) = (ClosureState.Superseded, "", null, null);
        Version++;
    }

    /// <summary>That its item was taken up again was an error: it counts as before.</summary>
    internal void Restore(IReadOnlyList<ProcedureStep> way, WorkingCalendar calendar)
    {
        (State, Live) = (StepNo < way.Count ? ClosureState.Running : ClosureState.Finished, 1);
        (StepKey, StepDue) = StepNo < way.Count ? (way[StepNo].Key, way[StepNo].Limit?.LastDay(StepSince, firstCounts: false, calendar)) : ("", null);
        Version++;
    }

    /// <exception cref="Refusal">409: changed since it was seen.</exception>
    internal void Demand(int version)
    {
        if (version != Version)
        {
            throw Refusal.Stale();
        }
    }

    private static string Write(Declaration declaration) => JsonSerializer.Serialize(declaration, Json);
}

/// <summary>One act on a closure. Never changed: what someone signed stays as it was signed.</summary>
public sealed class ClosureAct : IPartOf, IKeptAsWritten
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    private string? drawn; // until it is signed

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid ClosureId { get; init; }

    /// <summary>Counted from 1 within the closure.</summary>
    public required int No { get; init; }

    public required int Cycle { get; init; }

    public required ClosureActKind Act { get; init; }

    /// <summary>The step that it belongs to.</summary>
    public required string StepKey { get; init; }

    public required StepKind StepKind { get; init; }

    /// <summary>The day of the act.</summary>
    public required DateOnly On { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Actor By { get; init; }

    /// <summary>In whose name.</summary>
    public required Guid UnitId { get; init; }

    /// <summary>The opinion, or the reasons of a return.</summary>
    public string Opinion { get; private init; } = "";

    /// <summary>The rest of what was stated, as JSON.</summary>
    public string Stated { get; private init; } = "";

    /// <summary>For a renewal, what the change meant.</summary>
    public RenewalEffect? Effect { get; init; }

    /// <summary>The notice that it opened or ended.</summary>
    public Guid? NoticeId { get; init; }

    /// <summary>Whether it opened that notice, or signed the opening again: a step of notice holds two signatures.</summary>
    public bool Opening { get; init; }

    /// <summary>SHA-256 of <see cref="Content"/>: 64 small hexadecimal digits; empty for an act that signs nothing.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>The canonical bytes that were signed, as text. Format: docs/formats/closure-signature.md.</summary>
    public string Content { get; private set; } = "";

    /// <summary>The random part of what is signed, drawn once; <see langword="null"/> for an act from before there were any.</summary>
    internal string? Salt => Content.Length == 0 ? drawn ??= HashSalt.New() : SaltOf(Content);

    public StepStatement Statement
    {
        get => JsonSerializer.Deserialize<StepStatement>(Stated, Json)!;
        init => (Stated, Opinion) = (JsonSerializer.Serialize(value, Json), value.Opinion);
    }

    /// <summary>Whether it carries a signature on content.</summary>
    public bool Signs => Act is ClosureActKind.Take or ClosureActKind.Open or ClosureActKind.Renew;

    Guid IPartOf.Whole => ClosureId;

    // Nothing but what was signed keeps it: it is made again from there.
    private static string? SaltOf(string content)
    {
        using var signed = JsonDocument.Parse(content);
        return signed.RootElement.TryGetProperty("salt", out var salt) ? salt.GetString() : null;
    }

    internal void Sign(byte[] content)
    {
        Hash = Convert.ToHexStringLower(SHA256.HashData(content));
        Content = System.Text.Encoding.UTF8.GetString(content);
    }
}

/// <summary>A public notice (公示): of one closure, or of several at once where the procedure allows it.</summary>
public sealed class ClosureNotice : IKeptAsWritten
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid ProgrammeId { get; init; }

    /// <summary>Counted from 1 within the programme; never given again.</summary>
    public required int No { get; init; }

    /// <summary>How it is quoted, as <c>云整改公示〔2019〕11号</c>, where it went out as a document; at most 60 characters, else empty.</summary>
    public string Number { get; private set; } = "";

    /// <summary>The first day, which counts.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly To { get; init; }

    /// <summary>How many days, and whether <see cref="Working"/> ones.</summary>
    public required int Days { get; init; }

    public required bool Working { get; init; }

    /// <summary>Where it stands to be read; 1 to 200 characters.</summary>
    public string Channel { get; private init; } = "";

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The last day where the clock stood still meanwhile; <see cref="To"/> stays as it was announced and signed.</summary>
    public DateOnly? MovedTo { get; private set; }

    /// <summary>The last day as it stands.</summary>
    public DateOnly Last => MovedTo ?? To;

    internal void MoveTo(DateOnly last) => MovedTo = last;

    internal void QuoteAs(string number) => Number = number;

    /// <exception cref="Refusal">422: no channel.</exception>
    internal static ClosureNotice Create(Guid programme, int no, DateOnly from, DaySpan stands, string channel, WorkingCalendar calendar, DateTimeOffset now) => new()
    {
        ProgrammeId = programme,
        No = no,
        From = from,
        To = stands.LastDay(from, firstCounts: true, calendar),
        Days = stands.Days,
        Working = stands.Working,
        Channel = channel.Trim() is { Length: > 0 and <= 200 } where ? where : throw Refusal.Invalid("closure.channel", "Say in 1 to 200 characters where the notice stands."),
        OpenedAt = now,
    };
}

/// <summary>The one day of a month on which a unit accepts (集中验收).</summary>
public sealed class AcceptanceDay
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid ProgrammeId { get; init; }

    public required Guid UnitId { get; init; }

    /// <summary>The first day of the month.</summary>
    public required DateOnly Month { get; init; }

    public required DateOnly On { get; init; }
}
