using Rectify.Evidence;
using Rectify.Platform;

namespace Rectify.Dossiers;

/// <summary>The day from which a piece of evidence has to be there.</summary>
public enum RequiredFrom
{
    /// <summary>方案批准: the day the programme's first plan was approved.</summary>
    Approved,

    /// <summary>到时限或申报完成: the earlier of the deadline in force and the day of completion.</summary>
    Finish,

    /// <summary>申报完成: only once completion was declared.</summary>
    Completed,

    /// <summary>申请验收</summary>
    Applied,

    /// <summary>验收通过</summary>
    Accepted,

    /// <summary>开始公示</summary>
    NoticeOpened,

    /// <summary>公示结束</summary>
    NoticeEnded,

    /// <summary>审签</summary>
    SignedOff,

    /// <summary>销号</summary>
    Closed,
}

/// <summary>One kind of evidence that the dossier of an item has to hold (材料要求).</summary>
/// <param name="Key">What it is called from version to version; 1 to 40 letters, digits and hyphens.</param>
/// <param name="Folder">One of the folders of its set.</param>
/// <param name="Title">1 to 100 characters.</param>
public sealed record Requirement(string Key, string Folder, string Title, PieceKind Kind)
{
    /// <summary>Most months of an age or a period.</summary>
    public const int MostMonths = 240;

    /// <summary>The type of task that it is for; empty for all.</summary>
    public string TaskType { get; init; } = "";

    /// <summary>The one item or measure that it is for; <see langword="null"/> for all.</summary>
    public Guid? ItemId { get; init; }

    /// <summary>Whether each measure of an item needs it for itself.</summary>
    public bool PerMeasure { get; init; }

    /// <summary>How many different files, or pairs of photos; 1 to 100.</summary>
    public int Count { get; init; } = 1;

    public RequiredFrom From { get; init; } = RequiredFrom.Finish;

    /// <summary>Days after <see cref="From"/>; 0 to 365.</summary>
    public int Days { get; init; }

    /// <summary>Words one of which a piece's title holds; none for any title. At most 200 characters, parted by 、.</summary>
    public string Words { get; init; } = "";

    /// <summary>What the issuer's name holds; at most 100 characters, empty for any.</summary>
    public string Issuer { get; init; } = "";

    public bool NeedsIssuer { get; init; }

    /// <summary>What the place's name holds; at most 100 characters, empty for any.</summary>
    public string Place { get; init; } = "";

    public bool NeedsPlace { get; init; }

    /// <summary>How many months a piece proves something after its own date or the end of its period; <see langword="null"/> for ever.</summary>
    public int? ValidMonths { get; init; }

    /// <summary>How many months its stated period covers at least; <see langword="null"/> if it need not state one.</summary>
    public int? PeriodMonths { get; init; }

    /// <summary>Whether photos count in pairs of the same place, one before the work and one after.</summary>
    public bool Pairs { get; init; }

    /// <exception cref="Refusal">422: something that cannot be.</exception>
    internal Requirement Checked(IReadOnlyCollection<string> folders)
    {
        var clean = this with { Title = Title.Trim(), TaskType = TaskType.Trim(), Words = Words.Trim(), Issuer = Issuer.Trim(), Place = Place.Trim() };
        return Key.Length is < 1 or > 40 || !Key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-') ? throw Refusal.Malformed("A requirement's key has 1 to 40 letters, digits and hyphens.")
            : !Enum.IsDefined(Kind) || !Enum.IsDefined(From) ? throw Refusal.Malformed("There is no such kind of evidence or day.")
            : clean.Title.Length is < 1 or > 100 ? throw Refusal.Invalid("dossier.title", "A requirement's name has 1 to 100 characters.")
            : !folders.Contains(Folder) ? throw Refusal.Invalid("dossier.folder", $"There is no folder {Folder}.", Folder)
            : clean.TaskType.Length > 40 ? throw Refusal.Invalid("item.task-type", "A type of task has at most 40 characters.")
            : clean.Words.Length > 200 || clean.Issuer.Length > 100 || clean.Place.Length > 100 ? throw Refusal.Invalid("dossier.long", "Words have at most 200 characters, issuer and place 100.")
            : Count is < 1 or > 100 ? throw Refusal.Invalid("dossier.number", "A number goes from 1 to 100.")
            : Days is < 0 or > 365 ? throw Refusal.Invalid("dossier.days", "Days go from 0 to 365.")
            : ValidMonths is < 1 or > MostMonths || PeriodMonths is < 1 or > MostMonths ? throw Refusal.Invalid("dossier.months", $"Months go from 1 to {MostMonths}.", MostMonths)
            : Pairs && (Kind is not PieceKind.Photo || ValidMonths is not null || PeriodMonths is not null)
                ? throw Refusal.Invalid("dossier.pairs", "Only photos make pairs, and they do not grow old.")
            : clean;
    }

    internal IEnumerable<string> WordList => Words.Split(['、', '\uff0c', ',', ' ', '\u3000'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>The requirements of a programme at one time: folders in the order of the archive, and what each has to hold.</summary>
public sealed record Requirements(IReadOnlyList<string> Folders, IReadOnlyList<Requirement> List)
{
    /// <summary>Most requirements of one programme.</summary>
    public const int Most = 300;

    /// <exception cref="Refusal">422: something that cannot be.</exception>
    internal Requirements Checked()
    {
        var folders = Folders.Select(folder => folder.Trim()).Where(folder => folder.Length > 0).ToList();
        if (folders.Count is < 1 or > 20 || folders.Exists(folder => folder.Length > 30 || SafeName.Of(folder, 120) != folder) || folders.Distinct(StringComparer.OrdinalIgnoreCase).Count() < folders.Count)
        {
            throw Refusal.Invalid("dossier.folders", "There are 1 to 20 folders, each with another name of at most 30 characters that may stand in a file name.");
        }

        if (List.Count > Most)
        {
            throw Refusal.Invalid("dossier.many", $"A programme has at most {Most} requirements.", Most);
        }

        if (List.GroupBy(one => one.Key, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw Refusal.Malformed($"The key {twice.Key} stands twice.");
        }

        return new(folders, [.. List.Select(one => one.Checked(folders)).OrderBy(one => folders.IndexOf(one.Folder))]);
    }

    /// <summary>Those for an item: for all, for its type, for itself or for one of its parts.</summary>
    internal IEnumerable<Requirement> For(string taskType, IReadOnlyCollection<Guid> parts) => List.Where(one =>
        (one.TaskType.Length == 0 || one.TaskType == taskType) && (one.ItemId is not { } item || parts.Contains(item)));
}
