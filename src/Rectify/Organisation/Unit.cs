using System.Text;
using Rectify.Platform.Journal;

namespace Rectify.Organisation;

/// <summary>The kinds of body that take part in a rectification programme.</summary>
public enum UnitKind
{
    /// <summary>自治区、省。</summary>
    Region,

    /// <summary>地（州、市）。</summary>
    Prefecture,

    /// <summary>县（市、区）。</summary>
    County,

    /// <summary>A department or office of any level.</summary>
    Department,

    /// <summary>国有企业。</summary>
    StateEnterprise,

    /// <summary>兵团师。</summary>
    CorpsDivision,

    /// <summary>园区。</summary>
    Park,

    /// <summary>A town, a company, a group: whatever else acts.</summary>
    Other,
}

/// <summary>A body that answers for something: a place's government, a department, an enterprise, a park.</summary>
public sealed class Unit
{
    /// <summary>How deep the tree of units may grow: a path fits its column.</summary>
    public const int DeepestLevel = 9;

    private Unit() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>A short code that stays with the unit, such as <c>P01</c>; unique.</summary>
    public string Code { get; private set; } = "";

    /// <summary>The official name; unique.</summary>
    public string Name { get; private set; } = "";

    public string ShortName { get; private set; } = "";

    /// <summary>The name under which it signs documents, where that is not its own; else empty. An area signs nothing: its government or an office does.</summary>
    public string SigningName { get; private set; } = "";

    /// <summary>The name that stands under a document which it issues.</summary>
    public string SignsAs => SigningName.Length > 0 ? SigningName : Name;

    public UnitKind Kind { get; private set; }

    public Guid? ParentId { get; private set; }

    /// <summary>The code of the place in the national list of divisions (GB/T 2260), if it has one.</summary>
    public string DivisionCode { get; private set; } = "";

    /// <summary>Codes from the top of the tree down, each followed by a slash: <c>R/P01/C0102/</c>. A subtree is a prefix.</summary>
    public string Path { get; private set; } = "";

    /// <summary>Place among its siblings.</summary>
    public int Order { get; private set; }

    /// <summary>Whether the unit was dissolved or merged away; it stays in old records.</summary>
    public bool Dissolved { get; private set; }

    /// <summary>Grows by one with every change.</summary>
    public int Version { get; private set; }

    /// <exception cref="Platform.Refusal">422: no name, a code that is no code, or the tree would grow too deep.</exception>
    public static Unit Create(UnitDetails details, Unit? parent)
    {
        var unit = new Unit();
        unit.Take(details, parent);
        return unit;
    }

    /// <exception cref="Platform.Refusal">422: as at creation, or the new parent lies below the unit itself.</exception>
    public void Change(UnitDetails details, Unit? parent)
    {
        if (parent is not null && (parent.Id == Id || parent.Path.StartsWith(Path, StringComparison.Ordinal)))
        {
            throw Platform.Refusal.Invalid("unit.own-parent", $"{Name} cannot stand below itself.");
        }

        Take(details, parent);
        Version++;
    }

    /// <summary>How deep it stands: 1 at the top.</summary>
    public int Level => Path.Count(c => c == '/');

    /// <summary>Moves along with a parent whose path changed.</summary>
    internal void MoveBelow(Unit parent)
    {
        Path = $"{parent.Path}{Code}/";
        Version++;
    }

    /// <summary>Says that something below it came or went, so that it cannot move away at the same moment.</summary>
    internal void Touch() => Version++;

    /// <param name="below">Levels below the unit that is to stand under <paramref name="parent"/>.</param>
    /// <exception cref="Platform.Refusal">422: the tree would grow too deep.</exception>
    internal static void DemandDepth(Unit? parent, int below)
    {
        if ((parent?.Level ?? 0) + 1 + below > DeepestLevel)
        {
            throw Platform.Refusal.Invalid("unit.too-deep", $"The tree of units has at most {DeepestLevel} levels.");
        }
    }

    private void Take(UnitDetails details, Unit? parent)
    {
        var (code, name) = (details.Code.Trim(), details.Name.Trim());
        if (name.Length is 0 or > 100)
        {
            throw Platform.Refusal.Invalid("unit.name", "A unit's name has 1 to 100 characters.");
        }

        if (code.Length is 0 or > 16 || !code.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw Platform.Refusal.Invalid("unit.code", $"A unit's code has 1 to 16 letters, digits, - or _: \"{code}\".");
        }

        if (details.ShortName.Trim().Length > 100)
        {
            throw Platform.Refusal.Invalid("unit.short-name", "A unit's short name has at most 100 characters.");
        }

        if (details.SigningName.Trim().Length > 100)
        {
            throw Platform.Refusal.Invalid("unit.signing-name", "A unit's signing name has at most 100 characters.");
        }

        var division = details.DivisionCode.Trim();
        if (division.Length > 12 || !division.All(char.IsAsciiDigit))
        {
            throw Platform.Refusal.Invalid("unit.division", $"A division's code has at most 12 digits: \"{division}\".");
        }

        DemandDepth(parent, 0);
        (Code, Name, Kind, ParentId) = (code, name, details.Kind, parent?.Id);
        ShortName = details.ShortName.Trim() is { Length: > 0 } shortName ? shortName : name;
        (DivisionCode, Order, Dissolved, SigningName) = (division, details.Order, details.Dissolved, details.SigningName.Trim());
        Path = $"{parent?.Path}{code}/";
    }
}

/// <summary>What a person states of a unit.</summary>
/// <param name="SigningName">The name under which it signs documents; empty for its own.</param>
public sealed record UnitDetails(
    string Code, string Name, UnitKind Kind, string ShortName = "", string DivisionCode = "", int Order = 0, bool Dissolved = false, string SigningName = "");

/// <summary>A spelling that stands for a unit: a former name, a short form, 「某市委、市政府」. Stands for one unit only.</summary>
public sealed class UnitAlias : IPartOf
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid UnitId { get; init; }

    /// <summary>The spelling as written; at most 100 characters.</summary>
    public required string Text
    {
        get;
        init => (field, Key) = value.Trim() is { Length: > 0 and <= 100 } text
            ? (text, UnitName.Key(text))
            : throw Platform.Refusal.Invalid("alias.text", "An alias has 1 to 100 characters.");
    } = "";

    /// <summary>The spelling as compared; unique.</summary>
    public string Key { get; private init; } = "";

    Guid IPartOf.Whole => UnitId;
}

/// <summary>Compares spellings of units.</summary>
public static class UnitName
{
    /// <summary>
    /// A spelling without what does not distinguish units: spaces and stops left out, full-width letters and digits and
    /// brackets made one kind.
    /// </summary>
    public static string Key(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKC))
        {
            if (!char.IsWhiteSpace(c) && c is not ('。' or '.' or '、' or '·' or '"' or '“' or '”'))
            {
                key.Append(char.ToUpperInvariant(c));
            }
        }

        return key.ToString();
    }
}
