using System.Globalization;
using System.Security.Cryptography;
using Rectify.Grammar;
using Rectify.Platform;
using Rectify.Platform.Journal;

namespace Rectify.Tasks;

/// <summary>What a node of the item tree is.</summary>
public enum ItemKind
{
    /// <summary>反馈问题: what the inspection found.</summary>
    Finding,

    /// <summary>整改任务.</summary>
    Task,

    /// <summary>措施.</summary>
    Measure,

    /// <summary>点位: a place where something is put right.</summary>
    Point,

    /// <summary>A unit's own sub-task under its parent's (分解任务).</summary>
    SubTask,
}

/// <summary>One node of the programme's tree: something to be put right, or a part of it.</summary>
public sealed class Item : IPartOf
{
    private Item() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>How outsiders know it: random, so that it tells nothing.</summary>
    public Guid PublicId { get; private init; } = new(RandomNumberGenerator.GetBytes(16));

    public Guid ProgrammeId { get; private init; }

    public Guid? ParentId { get; private set; }

    public ItemKind Kind { get; private init; }

    /// <summary>The number as written: 第二十七项.</summary>
    public string NumberText { get; private set; } = "";

    /// <summary>The number as understood; <see langword="null"/> if it is no plain number.</summary>
    public int? NumberValue { get; private set; }

    /// <summary>Place in the tree: the parent's, then five digits. Sorts as the plan does.</summary>
    public string SortKey { get; private set; } = "";

    /// <summary>The aspect it stands under, counted from 1; <see langword="null"/> if none.</summary>
    public int? AspectNo { get; private set; }

    /// <summary>The type of task, such as <c>dust</c>: templates and requirements hang on it. Empty if none.</summary>
    public string TaskType { get; private set; } = "";

    /// <summary>A few words that name it; taken from the text unless a person wrote them.</summary>
    public string Title { get; private set; } = "";

    /// <summary>反馈问题 or, for a measure, point or sub-task, its own text.</summary>
    public string Text { get; private set; } = "";

    public string Goal { get; private set; } = "";

    /// <summary>The deadline as written.</summary>
    public string DeadlineText { get; private set; } = "";

    public DeadlineKind? DeadlineKind { get; private set; }

    public DateOnly? DeadlineFrom { get; private set; }

    /// <summary>Last day by the plan first approved. Never overwritten: changes are facts.</summary>
    public DateOnly? DeadlineDate { get; private set; }

    /// <summary>Last day now in force: that of the latest decided change, or <see cref="DeadlineDate"/>.</summary>
    public DateOnly? DueOn { get; private set; }

    /// <summary>How often its deadline was changed.</summary>
    public int DeadlineChanges { get; private set; }

    public string RecurrenceText { get; private set; } = "";

    /// <summary>day, week, month, quarter, half, season, year or other; empty if it does not recur.</summary>
    public string RecurrenceEvery { get; private set; } = "";

    /// <summary>Whether duties go on after closing (长期坚持).</summary>
    public bool Standing { get; private set; }

    public string QuantityName { get; private set; } = "";

    public string QuantityUnit { get; private set; } = "";

    /// <summary>Digits after the point in the three figures below; 0 to 6.</summary>
    public int QuantityScale { get; private set; }

    /// <summary>Where the quantity stood at the start, at the scale.</summary>
    public long? QuantityBaseline { get; private set; }

    /// <summary>What it has to reach, at the scale. Below the baseline where it has to fall.</summary>
    public long? QuantityTarget { get; private set; }

    /// <summary>The day from which it stands in the plan; <see langword="null"/> for what stood in it from the first.</summary>
    public DateOnly? AddedOn { get; private init; }

    /// <summary>The day it was taken out of the plan by a later version; it stays readable.</summary>
    public DateOnly? RemovedOn { get; private set; }

    /// <summary>Why a sub-task or point was taken out; empty where a version of the plan did it.</summary>
    public string RemovedBecause { get; private set; } = "";

    public int Version { get; private set; }

    /// <summary>Grows when something changes on which all items of the programme depend, as its approval: no change of the item itself.</summary>
    public int Reckoning { get; private set; }

    /// <summary>In whose chain of the journal its acts stand: a measure's and a point's in the item's above.</summary>
    public Guid Chain => Kind is ItemKind.Measure or ItemKind.Point && ParentId is { } parent ? parent : Id;

    Guid IPartOf.Whole => Chain;

    /// <param name="place">Its place among its siblings, counted from 1.</param>
    /// <exception cref="Refusal">422: a text or number that is too long, or a place above 99,999.</exception>
    public static Item Create(Guid programme, Item? parent, ItemKind kind, int place, ItemText text, DateOnly? addedOn = null)
    {
        if (place is < 0 or > 99_999)
        {
            throw Refusal.Invalid("item.place", "A place in the tree goes from 0 to 99,999.");
        }

        var item = new Item { ProgrammeId = programme, Kind = kind, AddedOn = addedOn };
        item.Stand(parent, place);
        item.Take(text);
        item.DeadlineDate = item.DueOn = text.Deadline?.Date;
        return item;
    }

    /// <summary>Puts it beneath another item, or at the top. What stands below it is moved by the caller.</summary>
    /// <exception cref="Refusal">422: the tree gets too deep.</exception>
    public void MoveTo(Item? parent, int place)
    {
        Stand(parent, place);
        Version++;
    }

    /// <summary>Changes texts and the deadline as written. The date stays: that is <see cref="MoveDeadline"/>.</summary>
    /// <exception cref="Refusal">422: a text or number that is too long.</exception>
    public void Change(ItemText text)
    {
        Take(text);
        DeadlineDate ??= text.Deadline?.Date;
        DueOn ??= text.Deadline?.Date;
        Version++;
    }

    /// <summary>Corrects the words: title, text and goal. Everything else of the item stays.</summary>
    /// <exception cref="Refusal">422: no text, or one that is too long.</exception>
    public void Reword(string title, string text, string goal)
    {
        if (text.Trim().Length == 0)
        {
            throw Refusal.Invalid("item.empty", "Write what is to be done.");
        }

        if (text.Length > 20_000 || goal.Length > 20_000)
        {
            throw Refusal.Invalid("item.text", "A text has at most 20,000 characters.");
        }

        if (title.Trim().Length > 200)
        {
            throw Refusal.Invalid("item.title", "A title has at most 200 characters.");
        }

        (Text, Goal) = (text.Trim(), goal.Trim());
        Title = title.Trim() is { Length: > 0 } own ? own : ItemTitle.From(Text);
        Version++;
    }

    /// <summary>Says which type of task it is; empty for none.</summary>
    /// <exception cref="Refusal">422: a type that is too long.</exception>
    public void Classify(string type)
    {
        TaskType = type.Trim() is { Length: <= 40 } known ? known : throw Refusal.Invalid("item.task-type", "A type of task has at most 40 characters.");
        Version++;
    }

    /// <summary>Puts a decided change of the deadline in force. The first date stays.</summary>
    public void MoveDeadline(DateOnly to)
    {
        (DueOn, DeadlineChanges) = (to, DeadlineChanges + 1);
        Version++;
    }

    /// <summary>Puts the latest of the decided changes that stand in force, or the plan's own date where none stands.</summary>
    internal void TakeDeadlines(IReadOnlyList<ItemFact> changes)
    {
        (DueOn, DeadlineChanges) = (changes.Count > 0 ? changes[^1].To : DeadlineDate, changes.Count);
        Version++;
    }

    /// <summary>Counts a fact, so that two people who record one at the same time notice.</summary>
    internal void Touch() => Version++;

    /// <summary>Counts a change of what it is reckoned by, so that whoever records a fact at the same time notices.</summary>
    internal void Reckon() => Reckoning++;

    /// <exception cref="Refusal">422: the target equals the baseline, or the scale is outside 0 to 6.</exception>
    public void Measure(string name, string unit, int scale, long baseline, long target)
    {
        if (scale is < 0 or > 6 || baseline == target)
        {
            throw Refusal.Invalid("item.quantity", "A quantity goes from a baseline to another figure, with 0 to 6 digits after the point.");
        }

        (QuantityName, QuantityUnit, QuantityScale) = (name.Trim(), unit.Trim(), scale);
        (QuantityBaseline, QuantityTarget) = (baseline, target);
        Version++;
    }

    /// <summary>Takes it out, as a version of the plan does.</summary>
    public void Remove(DateOnly on)
    {
        RemovedOn ??= on;
        Version++;
    }

    /// <summary>Takes out what was added by hand.</summary>
    /// <exception cref="Refusal">422: no reason, or one of more than 500 characters.</exception>
    public void Remove(DateOnly on, string reason)
    {
        RemovedBecause = reason.Trim() is { Length: > 0 and <= 500 } because
            ? because
            : throw Refusal.Invalid("item.reason", "Say in 1 to 500 characters why it is removed.");
        Remove(on);
    }

    /// <summary>A copy with words of an earlier day, for reading: nothing saves it.</summary>
    /// <param name="words">Fields by name, as the history writes them. The date first planned and what places or counts stay.</param>
    internal Item With(IReadOnlyDictionary<string, string?> words)
    {
        var past = (Item)MemberwiseClone();
        foreach (var (field, value) in words)
        {
            past.Say(field, value ?? "");
        }

        return past;
    }

    private void Say(string field, string value)
    {
        int? Number() => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
        switch (field)
        {
            case nameof(NumberText):
                NumberText = value;
                break;
            case nameof(NumberValue):
                NumberValue = Number();
                break;
            case nameof(ParentId):
                ParentId = Guid.TryParse(value, out var parent) ? parent : null;
                break;
            case nameof(AspectNo):
                AspectNo = Number();
                break;
            case nameof(Title):
                Title = value;
                break;
            case nameof(Text):
                Text = value;
                break;
            case nameof(Goal):
                Goal = value;
                break;
            case nameof(DeadlineText):
                DeadlineText = value;
                break;
            case nameof(DeadlineKind):
                DeadlineKind = Enum.TryParse<DeadlineKind>(value, out var kind) ? kind : null;
                break;
            case nameof(DeadlineFrom):
                DeadlineFrom = PastWords.Date(value);
                break;
            case nameof(RecurrenceText):
                RecurrenceText = value;
                break;
            case nameof(RecurrenceEvery):
                RecurrenceEvery = value;
                break;
            case nameof(Standing):
                Standing = value == bool.TrueString;
                break;
            default:
                break;
        }
    }

    private void Stand(Item? parent, int place)
    {
        var key = (parent is null ? "" : parent.SortKey + ".") + place.ToString("00000", CultureInfo.InvariantCulture);
        if (key.Length > 60)
        {
            throw Refusal.Invalid("item.too-deep", "The tree of items has at most ten levels.");
        }

        (ParentId, SortKey) = (parent?.Id, key);
    }

    private void Take(ItemText text)
    {
        if (text.Number.Length > 100)
        {
            throw Refusal.Invalid("item.number", "A number has at most 100 characters.");
        }

        if (text.Text.Length > 20_000 || text.Goal.Length > 20_000)
        {
            throw Refusal.Invalid("item.text", "A text has at most 20,000 characters.");
        }

        (NumberText, NumberValue, AspectNo) = (text.Number, text.NumberValue, text.AspectNo);
        (Text, Goal) = (text.Text, text.Goal);
        Title = text.Title.Trim() is { Length: > 0 and <= 200 } title ? title : ItemTitle.From(text.Text);
        TaskType = text.TaskType.Length > 0 ? text.TaskType : TaskType; // a plan that names none leaves what the office set
        DeadlineText = text.Deadline?.Text ?? "";
        (DeadlineKind, DeadlineFrom) = (text.Deadline?.Kind, text.Deadline?.From);
        Standing = DeadlineKind is Grammar.DeadlineKind.ImmediateStanding or Grammar.DeadlineKind.FixedStanding;
        var recurrence = text.Recurrence ?? text.Deadline?.Recurrence;
        (RecurrenceText, RecurrenceEvery) = (recurrence?.Text ?? "", recurrence?.Every ?? "");
    }
}

/// <summary>What a plan says of an item.</summary>
public sealed record ItemText(string Number, int? NumberValue, string Text)
{
    public string Title { get; init; } = "";

    public int? AspectNo { get; init; }

    public string TaskType { get; init; } = "";

    public string Goal { get; init; } = "";

    public ItemDeadline? Deadline { get; init; }

    public Recurrence? Recurrence { get; init; }
}

/// <summary>A deadline as an item keeps it.</summary>
public sealed record ItemDeadline(string Text, DeadlineKind Kind, DateOnly? From, DateOnly? Date, Recurrence? Recurrence);
