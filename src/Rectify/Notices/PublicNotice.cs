using System.Security.Cryptography;
using System.Text.Json;
using Rectify.Calendars;
using Rectify.Platform;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;
using Rectify.Procedures;

namespace Rectify.Notices;

/// <summary>How far a notice is.</summary>
public enum NoticeState
{
    /// <summary>起草中: its text is built from the record, and may be written on.</summary>
    Draft,

    /// <summary>公示中: its days are counted.</summary>
    Open,

    /// <summary>暂停计日: an objection is open, so no day counts.</summary>
    Suspended,

    /// <summary>公示结束: all its days were counted, and no objection was open.</summary>
    Ended,

    /// <summary>停止公示: all its items went back to their units.</summary>
    Stopped,

    /// <summary>作废: a draft that never went out.</summary>
    Dropped,
}

/// <summary>A public notice of finished rectification (整改公示) of one or several items: drafted, numbered and published as one act, then word for word what it was.</summary>
public sealed class PublicNotice : IKeptAsWritten
{
    private const int MostTitle = 200;

    private PublicNotice() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>Its public address: random, so that it tells nothing.</summary>
    public Guid PublicId { get; private init; } = new(RandomNumberGenerator.GetBytes(16));

    public required Guid ProgrammeId { get; init; }

    /// <summary>In whose name it goes out.</summary>
    public required Guid UnitId { get; init; }

    public NoticeState State { get; private set; }

    /// <summary>1 to 200 characters; once it went out, as the public reads it.</summary>
    public string Title { get; private set; } = "";

    /// <summary>Whether the accepting unit publishes it, and so its people receive and decide objections as an office does.</summary>
    public bool ByAcceptor { get; private init; }

    /// <summary>What an open objection does to its days, by the procedure under which it went out.</summary>
    public ObjectionClock ObjectionClock { get; private set; }

    /// <summary>JSON of <see cref="ReceivingUnits"/>.</summary>
    public string Receivers { get; private set; } = "[]";

    /// <summary>The units to which the public turns with objections; empty for the desk of the unit that publishes, or the programme's. The programme's own region stands for the programme's desk.</summary>
    public IReadOnlyList<Guid> ReceivingUnits => JsonSerializer.Deserialize<List<Guid>>(Receivers)!;

    /// <summary>JSON of <see cref="Masks"/>.</summary>
    public string Withheld { get; private set; } = "[]";

    /// <summary>Passages that the public does not read. The list holds the very passages, and is for the office alone.</summary>
    public IReadOnlyList<Mask> Masks => JsonSerializer.Deserialize<List<Mask>>(Withheld)!;

    /// <summary>The year within which it is numbered; <see langword="null"/> in a draft, as all that follows.</summary>
    public int? Year { get; private set; }

    /// <summary>From 1 without gaps within programme and <see cref="Year"/>, never given twice.</summary>
    public int? No { get; private set; }

    /// <summary>The first day, which counts.</summary>
    public DateOnly? From { get; private set; }

    /// <summary>The last day as it was announced.</summary>
    public DateOnly? To { get; private set; }

    /// <summary>The last day as it stands; <see langword="null"/> while the clock stands still with days left.</summary>
    public DateOnly? EndsOn { get; private set; }

    /// <summary>How many days it has to stand, and whether <see cref="Working"/> ones.</summary>
    public int Days { get; private set; }

    public bool Working { get; private set; }

    /// <summary>Where it stands to be read; 1 to 200 characters.</summary>
    public string Channel { get; private set; } = "";

    /// <summary>What the closings know it by.</summary>
    public Guid? ClosureNoticeId { get; private set; }

    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>The legal day of <see cref="PublishedAt"/>: on which it went out here, whatever <see cref="From"/> says.</summary>
    public DateOnly? PublishedOn => PublishedAt is { } at ? DateOnly.FromDateTime(Words.In(Language.Default).Local(at).DateTime) : null;

    /// <summary>Whether it stood elsewhere before it went out here.</summary>
    public bool IsBackdated => From < PublishedOn;

    public Actor? PublishedBy { get; private set; }

    /// <summary>When passages of a notice that had gone out were last withheld; <see langword="null"/> if never.</summary>
    public DateTimeOffset? MaskedAt { get; private set; }

    /// <summary>The legal day of <see cref="MaskedAt"/>.</summary>
    public DateOnly? MaskedOn => MaskedAt is { } at ? DateOnly.FromDateTime(Words.In(Language.Default).Local(at).DateTime) : null;

    /// <summary>JSON of <see cref="NoticeContent"/> as the public reads it: what is withheld is not in it.</summary>
    public string Content { get; private set; } = "";

    /// <summary>SHA-256 of <see cref="Content"/> in UTF-8, 64 small hexadecimal digits; it stands in the journal.</summary>
    public string ContentHash { get; private set; } = "";

    /// <summary>Grows by one with every change; whoever writes with an older number is refused.</summary>
    public int Version { get; private set; }

    public bool IsRunning => State is NoticeState.Open or NoticeState.Suspended;

    public bool IsPublic => State is not (NoticeState.Draft or NoticeState.Dropped);

    public DaySpan Stands => new(Days, Working);

    internal static PublicNotice Create(Guid programme, Guid unit, string title, bool byAcceptor = false) => new() { ProgrammeId = programme, UnitId = unit, Title = title, ByAcceptor = byAcceptor };

    /// <exception cref="Refusal">409: published or dropped, or changed since it was seen. 422: a title missing or too long.</exception>
    internal void Retitle(string title, int version)
    {
        DemandDraft(version);
        Title = title.Trim() is { Length: > 0 and <= MostTitle } text ? text : throw WrongTitle();
        Version++;
    }

    /// <summary>Sets to whom a draft sends objections.</summary>
    internal void ReceivedBy(IEnumerable<Guid> units) => Receivers = JsonSerializer.Serialize(units);

    /// <summary>Sets what will be withheld of a draft.</summary>
    internal void Withhold(IReadOnlyList<Mask> masks) => Withheld = JsonSerializer.Serialize(masks);

    /// <exception cref="Refusal">409: published or dropped, or changed since it was seen.</exception>
    internal void Drop(int version)
    {
        DemandDraft(version);
        State = NoticeState.Dropped;
        Version++;
    }

    /// <summary>Takes its number, its days and its words.</summary>
    /// <param name="content">What the public will read, its passages withheld.</param>
    /// <exception cref="Refusal">409: published already or dropped, or changed since it was seen. 422: with what is withheld its title is too long.</exception>
    internal void Publish(int version, int no, DateOnly from, DaySpan stands, ObjectionClock clock, string channel, Guid closureNotice, NoticeContent content, WorkingCalendar calendar, Actor by, DateTimeOffset now)
    {
        DemandDraft(version);
        (State, Year, No, From, Days, Working, ObjectionClock) = (NoticeState.Open, from.Year, no, from, stands.Days, stands.Working, clock);
        To = EndsOn = stands.LastDay(from, firstCounts: true, calendar);
        (Channel, ClosureNoticeId, PublishedAt, PublishedBy) = (channel.Trim(), closureNotice, now, by);
        Say(content);
        Version++;
    }

    /// <summary>Withholds passages of a notice that went out.</summary>
    /// <returns>What it said until now, for the office to keep.</returns>
    /// <exception cref="Refusal">409: it has not gone out, or was changed since it was seen. 422: no passage, too many, one that stands nowhere, or its title grows too long.</exception>
    internal NoticeMasking Mask(IReadOnlyList<Mask> masks, int version, Actor by, DateTimeOffset now)
    {
        if (!IsPublic)
        {
            throw Refusal.Conflict("notice.not-published", "This notice has not gone out.");
        }

        Demand(version);
        var before = new NoticeMasking { NoticeId = Id, At = now, By = by, Content = Content, Hash = ContentHash };
        var masking = new Masking(masks);
        if (masking.Masks.Count == 0)
        {
            throw Refusal.Invalid("notice.no-masks", "Name at least one passage to withhold.");
        }

        Say(NoticeContent.Read(Content).Masked(masking));
        Withhold([.. Masks.Concat(masking.Masks).DistinctBy(mask => mask.Passage)]);
        MaskedAt = now;
        Version++;
        return before;
    }

    private void Say(NoticeContent content)
    {
        Title = content.Title.Length <= MostTitle ? content.Title : throw WrongTitle();
        Content = (content with { Salt = HashSalt.New() }).ToJson();
        ContentHash = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Content)));
    }

    private static Refusal WrongTitle() => Refusal.Invalid("notice.title", "A notice's title has 1 to 200 characters, with what stands for withheld passages.");

    /// <summary>Reckons its last day anew. Of a notice that has ended nothing changes.</summary>
    /// <param name="suspended">Whether an objection that stops the clock is open.</param>
    internal void Reckon(NoticeClock clock, bool suspended)
    {
        if (IsRunning)
        {
            (State, EndsOn) = (suspended && ObjectionClock is not ObjectionClock.RunsOn ? NoticeState.Suspended : NoticeState.Open, Last(clock));
        }

        Version++;
    }

    /// <summary>The last day by a count: never before the one that was announced, also where a weekend day was made a working day since.</summary>
    internal DateOnly? Last(NoticeClock clock) => clock.Last < To ? To : clock.Last;

    internal void End()
    {
        State = NoticeState.Ended;
        Version++;
    }

    internal void Stop()
    {
        State = NoticeState.Stopped;
        Version++;
    }

    /// <summary>Counts a change of something that belongs to it, so that two who make one at the same time notice.</summary>
    internal void Touch() => Version++;

    /// <exception cref="Refusal">409: changed since it was seen.</exception>
    internal void Demand(int version)
    {
        if (version != Version)
        {
            throw Refusal.Stale();
        }
    }

    /// <exception cref="Refusal">409: published or dropped, or changed since it was seen.</exception>
    internal void DemandDraft(int version)
    {
        if (State is not NoticeState.Draft)
        {
            throw Refusal.Conflict("notice.published", "This notice went out, or was dropped: its words do not change any more.");
        }

        Demand(version);
    }
}

/// <summary>One closing that a notice tells of, and what it says of it.</summary>
public sealed class NoticePart : IPartOf, IKeptAsWritten
{
    public const int MostText = 20_000;

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid NoticeId { get; init; }

    public required Guid ClosureId { get; init; }

    public required Guid ItemId { get; init; }

    /// <summary>Counted from 1 within the notice.</summary>
    public required int No { get; init; }

    /// <summary>整改措施及完成情况: measure by measure; a line is a paragraph.</summary>
    public string Done { get; private set; } = "";

    /// <summary>整改结果.</summary>
    public string Result { get; private set; } = "";

    /// <summary>下一步措施; may be empty.</summary>
    public string Next { get; private set; } = "";

    Guid IPartOf.Whole => NoticeId;

    /// <exception cref="Refusal">422: a text missing or too long.</exception>
    internal void Write(PartText text)
    {
        static string Clean(string one) => one.ReplaceLineEndings("\n").Trim();
        var (done, result, next) = (Clean(text.Done), Clean(text.Result), Clean(text.Next));
        if (result.Length == 0 || new[] { done, result, next }.Any(one => one.Length > MostText))
        {
            throw Refusal.Invalid("notice.text", $"A notice says what came of it, and each of its texts has at most {MostText} characters.", MostText);
        }

        (Done, Result, Next) = (done, result, next);
    }
}

/// <summary>What a person writes of one item in a notice. Problem, goals and units come from the plan and are not written.</summary>
public sealed record PartText(string Done, string Result, string Next);

/// <summary>A piece of evidence of a notice itself: a picture of the page or the newspaper where it stood.</summary>
public sealed class NoticePiece : IPartOf
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid NoticeId { get; init; }

    public required Guid PieceId { get; init; }

    Guid IPartOf.Whole => NoticeId;
}

/// <summary>What a notice said until passages of it were withheld after it had gone out. For the office alone: the public no longer reads it.</summary>
public sealed class NoticeMasking : IPartOf, IKeptAsWritten
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid NoticeId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Actor By { get; init; }

    /// <summary>As <see cref="PublicNotice.Content"/>.</summary>
    public required string Content { get; init; }

    /// <summary>As <see cref="PublicNotice.ContentHash"/>: it stands in the journal since the words went out.</summary>
    public required string Hash { get; init; }

    Guid IPartOf.Whole => NoticeId;
}

/// <summary>Why a contradiction that was found does not keep the notice from going out.</summary>
public sealed class Overruling : IPartOf, IKeptAsWritten
{
    /// <summary>What was found may take as many characters; what is over them is cut off.</summary>
    internal const int MostSaid = 1_000;

    private Overruling() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid NoticeId { get; init; }

    public required Guid ClosureId { get; init; }

    /// <summary>As <see cref="Consistency.Contradiction.Key"/>: other words are another contradiction, and need a reason of their own.</summary>
    public required string Key { get; init; }

    /// <summary>What was found, in the record's language, as it was told then: the record goes on and would tell it otherwise, or no more. Empty where it was not kept.</summary>
    public string Said { get; private init; } = "";

    /// <summary>5 to 500 characters.</summary>
    public string Reason { get; private init; } = "";

    public required Actor By { get; init; }

    public required DateTimeOffset At { get; init; }

    Guid IPartOf.Whole => NoticeId;

    /// <exception cref="Refusal">422: no reason, or one too short or too long.</exception>
    internal static Overruling Create(Guid notice, Guid closure, string key, string said, string reason, Actor by, DateTimeOffset now) => new()
    {
        NoticeId = notice,
        ClosureId = closure,
        Key = key,
        Said = said.Length <= MostSaid ? said : $"{said[..(char.IsHighSurrogate(said[MostSaid - 2]) ? MostSaid - 2 : MostSaid - 1)]}…",
        Reason = reason.Trim() is { Length: >= 5 and <= 500 } why ? why : throw Refusal.Invalid("notice.overruling", "Say in 5 to 500 characters why it holds all the same."),
        By = by,
        At = now,
    };
}
