using System.Security.Cryptography;
using System.Text;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;

namespace Rectify.Dispatch;

/// <summary>What one unit reports in one round (填报).</summary>
public sealed class UnitReturn : IBulkRow, IKeptAsWritten
{
    private UnitReturn() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public Guid RoundId { get; private init; }

    public Guid ProgrammeId { get; private init; }

    public Guid UnitId { get; private init; }

    /// <summary>Who looks at it first: see <see cref="ReviewLevels"/>; the region stands for the office.</summary>
    public Guid AboveId { get; private init; }

    public ReturnState State { get; private set; }

    /// <summary>With whom it lies: the unit itself, the one that reviews it, or the office's region once it is accepted.</summary>
    public Guid AtId { get; private set; }

    /// <summary>Whether it lies with the office: there it is accepted.</summary>
    public bool AtOffice { get; private set; }

    /// <summary>The day of the first submission that stands: one recalled before anybody decided never was.</summary>
    public DateOnly? SubmittedOn { get; private set; }

    /// <summary>The moment of that submission: it decides whether the return was late. <see langword="null"/> also where only the day is known.</summary>
    public DateTimeOffset? SubmittedAt { get; private set; }

    /// <summary>Whether a reviewer sent it back in this round: from then on its first submission counts for ever.</summary>
    public bool SentBack { get; private set; }

    /// <summary>Who submitted it last; someone else has to review it.</summary>
    public Actor? SubmittedBy { get; private set; }

    /// <summary>Since when it lies where it lies.</summary>
    public DateTimeOffset Since { get; private set; }

    public int Lines { get; private init; }

    /// <summary>Lines saved in this round.</summary>
    public int Filled { get; private set; }

    /// <summary>JSON of <see cref="Corrected"/>.</summary>
    public string Corrections { get; private set; } = "[]";

    /// <summary>What it says that earlier returns should have said.</summary>
    public IReadOnlyList<StatedCorrection> Corrected => StatedCorrection.Read(Corrections);

    /// <summary>Whether its round is closed: then nothing of it changes.</summary>
    public bool Closed { get; private set; }

    /// <summary>Grows with every change, of its lines too.</summary>
    public int Version { get; private set; }

    public static UnitReturn Create(DispatchRound round, Guid unit, Guid above, int lines, DateTimeOffset now) => new()
    {
        RoundId = round.Id,
        ProgrammeId = round.ProgrammeId,
        UnitId = unit,
        AboveId = above,
        AtId = unit,
        Since = now,
        Lines = lines,
    };

    /// <summary>Whether the unit can take it back: it still lies with whoever looks at it first.</summary>
    public bool IsRecallable => ReturnFlow.Next(State, ReturnAct.Recall) is not null && AtId == AboveId;

    /// <exception cref="Refusal">409: it lies with whoever reviews it, or is accepted.</exception>
    public void DemandWritable()
    {
        if (!ReturnFlow.IsWritable(State))
        {
            throw Refusal.Conflict("return.not-yours", "The return was submitted and cannot be changed now. Ask for it to be sent back.");
        }
    }

    /// <summary>One of its lines was saved.</summary>
    internal ReturnLineSaved Save(ReturnLine line, bool first, Actor by, DateTimeOffset now)
    {
        Filled += first ? 1 : 0;
        Version++;
        return new() { Subject = Id, By = by, At = now, Line = JournalBytes.Text(line.Id) };
    }

    /// <exception cref="Refusal">409: changed since it was seen.</exception>
    internal void Correct(IReadOnlyList<StatedCorrection> corrections, int version)
    {
        DemandVersion(version);
        Corrections = StatedCorrection.Write(corrections);
        Version++;
    }

    /// <summary>What the closing's hash covers of it besides its lines; <see langword="null"/> where it corrects nothing.</summary>
    internal string? ToText() => Corrections == "[]"
        ? null
        : $"corrections {Id:N} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Corrections)))}";

    /// <param name="region">The office's region: where the way ends.</param>
    /// <exception cref="Refusal">409: submitted already, or changed since it was seen.</exception>
    internal ReturnStep Submit(int version, Guid region, Actor by, DateOnly today, DateTimeOffset now)
    {
        DemandVersion(version);
        State = After(ReturnAct.Submit);
        (AtId, AtOffice, Since) = (AboveId, AboveId == region, now);
        (SubmittedAt, SubmittedOn, SubmittedBy) = (SubmittedOn is null ? now : SubmittedAt, SubmittedOn ?? today, by);
        Version++;
        return Step(ReturnAct.Submit, UnitId, "", by, now);
    }

    /// <exception cref="Refusal">409: somebody has decided on it, it was not submitted, or it changed since it was seen.</exception>
    internal ReturnStep Recall(int version, Actor by, DateTimeOffset now)
    {
        DemandVersion(version);
        var to = After(ReturnAct.Recall);
        if (!IsRecallable)
        {
            throw Refusal.Conflict("return.decided", "Somebody has decided on the return already. Ask for it to be sent back.");
        }

        State = to;
        (AtId, AtOffice, Since) = (UnitId, false, now);
        (SubmittedAt, SubmittedOn) = SentBack ? (SubmittedAt, SubmittedOn) : (null, null);
        SubmittedBy = null;
        Version++;
        return Step(ReturnAct.Recall, UnitId, "", by, now);
    }

    /// <param name="next">For <see cref="ReturnAct.PassUp"/>: who looks at it next.</param>
    /// <param name="note">Remarks; needed for sending back, at most 2,000 characters.</param>
    /// <exception cref="Refusal">409: it does not wait, or changed since it was seen. 403: one's own return. 422: no remarks.</exception>
    internal ReturnStep Decide(ReturnAct act, int version, Guid next, Guid region, string note, Actor by, DateTimeOffset now)
    {
        DemandVersion(version);
        var (to, at) = (After(act), AtId);
        if (!ReturnFlow.Decisions(AtOffice).Contains(act))
        {
            throw Refusal.Conflict("return.step", $"{act} is not possible now.");
        }

        if (by == SubmittedBy)
        {
            throw Refusal.NotAllowed("return.own", "You submitted this return: someone else has to review it.");
        }

        if (note.Trim().Length > 2_000 || (act is ReturnAct.SendBack && note.Trim().Length == 0))
        {
            throw Refusal.Invalid("return.remarks", "Say in at most 2,000 characters what is to be changed.");
        }

        State = to;
        Since = now;
        SentBack |= act is ReturnAct.SendBack;
        (AtId, AtOffice) = act switch
        {
            ReturnAct.SendBack => (UnitId, false),
            ReturnAct.PassUp => (next, next == region),
            ReturnAct.Accept or ReturnAct.Submit or ReturnAct.Recall => (AtId, AtOffice),
        };
        Version++;
        return Step(act, at, note.Trim(), by, now);
    }

    /// <summary>The round was closed. Whoever changes it in the same moment is refused.</summary>
    internal void Freeze()
    {
        Closed = true;
        Version++;
    }

    private void DemandVersion(int version)
    {
        if (version != Version)
        {
            throw Refusal.Conflict("return.stale", "Someone else changed or submitted this return meanwhile. Load it again.");
        }
    }

    private ReturnState After(ReturnAct act) => ReturnFlow.Next(State, act)
        ?? throw Refusal.Conflict("return.step", $"The return is {State}: {act} is not possible now.");

    private ReturnStep Step(ReturnAct act, Guid at, string note, Actor by, DateTimeOffset now) =>
        new() { ReturnId = Id, RoundId = RoundId, Act = act, UnitId = at, Note = note, By = by, At = now };
}

/// <summary>One step of a return's way, with its remarks.</summary>
public sealed class ReturnStep : IPartOf, IKeptAsWritten
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid ReturnId { get; init; }

    public required Guid RoundId { get; init; }

    public required ReturnAct Act { get; init; }

    /// <summary>The unit for which it was done.</summary>
    public required Guid UnitId { get; init; }

    public required string Note { get; init; }

    public required Actor By { get; init; }

    public required DateTimeOffset At { get; init; }

    Guid IPartOf.Whole => ReturnId;
}
