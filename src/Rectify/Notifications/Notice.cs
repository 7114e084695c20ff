using Rectify.Platform.Data;

namespace Rectify.Notifications;

/// <summary>What a notice tells. Each person chooses for each kind where they want to be told.</summary>
public enum NoticeKind
{
    /// <summary>待填报: the unit's return waits to be filled in.</summary>
    ReturnToFill,

    /// <summary>被退回: the unit's return was sent back with remarks.</summary>
    ReturnBack,

    /// <summary>待审核: a return waits for review.</summary>
    ReturnToReview,

    /// <summary>报送提醒: a return is due soon, today or over time.</summary>
    ReturnDue,

    /// <summary>已接收: the office took the unit's return. News, nothing to do.</summary>
    ReturnAccepted,

    /// <summary>任务到期: an item's deadline comes, is today or passed.</summary>
    ItemDue,

    /// <summary>节点到期: a hand-over node comes, is today or passed.</summary>
    NodeDue,

    /// <summary>逾期督促: an item is overdue; for the office.</summary>
    ItemOverdue,

    /// <summary>时限待批: a request for another deadline waits for the office to record the decision.</summary>
    DeadlineToDecide,

    /// <summary>时限已批: the approving body decided on a request. News for whoever asked.</summary>
    DeadlineDecided,

    /// <summary>手册已生成: a large manual that the person ordered is made. News.</summary>
    HandbookMade,

    /// <summary>核查提醒: a check of the unit comes, is today or passed.</summary>
    CheckDue,

    /// <summary>核查待审: a check was handed in and waits for the office or a supervisor.</summary>
    CheckToReview,

    /// <summary>反弹待办: a check found that the problem came back; the office takes the item up again.</summary>
    ReboundToTakeUp,

    /// <summary>催交材料: someone who plans or supervises the item reminds of what its dossier lacks.</summary>
    EvidenceAsked,

    /// <summary>文件异常: kept files are missing or altered; for administrators.</summary>
    FilesFailed,

    /// <summary>销号待办: a step of a closing waits to be taken.</summary>
    ClosureToTake,

    /// <summary>销号退回: the unit's application was sent back with reasons.</summary>
    ClosureBack,

    /// <summary>签署失效: what was signed has changed; it waits to be looked at and signed again.</summary>
    ClosureStale,

    /// <summary>异议待答: somebody objected to a notice, which stands still until that is decided.</summary>
    ObjectionToAnswer,

    /// <summary>销号限期: the time limit of a step comes, is today or passed.</summary>
    ClosureDue,
}

/// <summary>What a notice is about: which door decides whether someone may read it.</summary>
public enum MatterKind
{
    Return,
    Item,
    Files,
    Deadline,
    Handbook,
    Check,
    Closure,
    Dossier,
}

/// <summary>One thing told to one person. Holds keys only: what it says is read through the reader's own doors when it is shown or sent.</summary>
public sealed class Notice : IBookkeeping, IBulkRow
{
    private Notice() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public Guid AccountId { get; private init; }

    public NoticeKind Kind { get; private init; }

    /// <summary>Person, matter and occasion happen once: together with the account it is unique, so reckoning again adds nothing.</summary>
    public string Key { get; private init; } = "";

    public MatterKind MatterKind { get; private init; }

    /// <summary>Kinds that leave nothing to do: settled once they are read.</summary>
    public static readonly NoticeKind[] News = [NoticeKind.ReturnAccepted, NoticeKind.DeadlineDecided, NoticeKind.HandbookMade];

    /// <summary>The return, the item (of a dossier too), the request, the closing, the check or the job; empty for files.</summary>
    public Guid Matter { get; private init; }

    /// <summary>Number of the node, for <see cref="NoticeKind.NodeDue"/>; 0 otherwise.</summary>
    public int Node { get; private init; }

    /// <summary>Last day, where it has one.</summary>
    public DateOnly? Due { get; private init; }

    /// <summary>The day of the rule that made a reminder; a later one takes the place of an earlier one, never the other way.</summary>
    public DateOnly? Occasion { get; private init; }

    public DateTimeOffset MadeAt { get; private init; }

    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>When the matter was settled, by itself; news is settled when it is read.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>The mail that tells it; never a second one.</summary>
    public Guid? MailId { get; private set; }

    public int Version { get; private set; }

    internal static Notice Of(Told told, DateTimeOffset now) => new()
    {
        AccountId = told.Account,
        Kind = told.Kind,
        Key = told.Key,
        MatterKind = told.MatterKind,
        Matter = told.Matter,
        Node = told.Node,
        Due = told.Due,
        Occasion = told.Occasion,
        MadeAt = now,
    };

    public void Read(DateTimeOffset now)
    {
        ReadAt ??= now;
        if (News.Contains(Kind))
        {
            SettledAt ??= now;
        }

        Version++;
    }

    internal void Settle(DateTimeOffset now)
    {
        SettledAt ??= now;
        Version++;
    }

    /// <summary>The matter waits once more, as after a recall: it stands in the inbox again, and no second mail tells it.</summary>
    internal void Reopen()
    {
        SettledAt = null;
        Version++;
    }

    internal void GoWith(MailMessage mail)
    {
        MailId ??= mail.Id;
        Version++;
    }
}

/// <summary>What someone is to be told now.</summary>
internal sealed record Told(Guid Account, NoticeKind Kind, MatterKind MatterKind, Guid Matter, string Key)
{
    public int Node { get; init; }

    public DateOnly? Due { get; init; }

    public DateOnly? Occasion { get; init; }
}
