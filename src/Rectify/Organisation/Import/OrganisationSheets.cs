using System.Collections.Frozen;
using System.Globalization;
using Rectify.Platform;
using Rectify.Platform.Text;
using Rectify.Reading;

namespace Rectify.Organisation.Import;

/// <summary>Something in a workbook that cannot be taken over.</summary>
/// <param name="Sheet">The sheet's name.</param>
/// <param name="Cell">The cell, as <c>B7</c>.</param>
/// <param name="Code">The text is <c>organisation.error.</c> and this.</param>
public sealed record CellError(string Sheet, string Cell, string Code, params string[] Arguments);

/// <summary>The columns that are understood; their labels are the texts <c>organisation.column.</c>name.</summary>
internal enum Column { UnitName, ShortName, Parent, Kind, Aliases, Code, Division, SigningName, PersonName, PersonUnit, Post, PersonCode }

/// <summary>One row of a workbook: a unit or a person, as written.</summary>
internal sealed class SheetRow(string sheet, int row, FrozenDictionary<Column, int> columns, FrozenDictionary<Column, string> cells)
{
    public string Sheet => sheet;

    /// <summary>What stands in a column; empty where nothing does.</summary>
    public string this[Column column] => cells.GetValueOrDefault(column, "");

    /// <summary>What stands in a column, or <see langword="null"/> where nothing does.</summary>
    public string? Stated(Column column) => cells.GetValueOrDefault(column);

    /// <summary>The cell of a column, or of the row's first column where the sheet has no such column.</summary>
    public string Cell(Column column) =>
        $"{Letters(columns.TryGetValue(column, out var at) ? at : columns.Values.Min())}{row.ToString(CultureInfo.InvariantCulture)}";

    public CellError Error(Column column, string code, params string[] arguments) => new(sheet, Cell(column), code, arguments);

    private static string Letters(int column) =>
        column < 26 ? ((char)('A' + column)).ToString() : Letters((column / 26) - 1) + Letters(column % 26);
}

/// <summary>The sheets of a workbook of units and people, brought to rows. Finds the head of each sheet by its labels.</summary>
internal sealed class OrganisationSheets
{
    /// <summary>Titles and notes may stand above the head, in so many rows.</summary>
    private const int HeadWithin = 20;

    private static readonly Column[] OfUnits =
        [Column.UnitName, Column.ShortName, Column.Parent, Column.Kind, Column.Aliases, Column.Code, Column.Division, Column.SigningName];

    private static readonly Column[] OfPeople = [Column.PersonName, Column.PersonUnit, Column.Post, Column.PersonCode];

    private static readonly FrozenDictionary<Column, FrozenSet<string>> Labels = Enum.GetValues<Column>().ToFrozenDictionary(
        column => column, column => Spelt($"organisation.column.{column}"));

    private static readonly FrozenDictionary<string, UnitKind> Kinds = Enum.GetValues<UnitKind>()
        .SelectMany(kind => Spelt($"organisation.kind.{kind}.spelt").Append(UnitName.Key(kind.ToString())).Select(word => (word, kind)))
        .DistinctBy(pair => pair.word).ToFrozenDictionary(pair => pair.word, pair => pair.kind, StringComparer.Ordinal);

    public List<SheetRow> Units { get; } = [];

    public List<SheetRow> People { get; } = [];

    /// <exception cref="Refusal">422: no workbook, damaged, or no sheet with units or people in it.</exception>
    public static OrganisationSheets Read(Stream content, string name, CancellationToken ct)
    {
        var document = DocumentReader.Read(content, name, ct: ct);
        if (document.Format is not SourceFormat.Xlsx)
        {
            throw Refusal.Invalid("organisation.no-workbook", $"{name} is no workbook (.xlsx).");
        }

        var sheets = new OrganisationSheets();
        var known = 0;
        foreach (var table in document.Blocks.OfType<Table>())
        {
            known += sheets.Take(table) ? 1 : 0;
        }

        return known > 0 ? sheets : throw Refusal.Invalid(
            "organisation.no-head", $"No sheet of {name} has a head that names units or people.");
    }

    /// <summary>The kind that a word means; <see langword="null"/> for an unknown word.</summary>
    public static UnitKind? KindOf(string word) => Kinds.TryGetValue(UnitName.Key(word), out var kind) ? kind : null;

    private bool Take(Table table)
    {
        var rows = table.Cells.GroupBy(cell => cell.Row).OrderBy(row => row.Key).ToList();
        foreach (var (index, head) in rows.Take(HeadWithin).Index())
        {
            // A sheet of people names people: its column 机构 is then where they work.
            if (Head(head, OfPeople, Column.PersonName, Column.PersonUnit) is { } people)
            {
                People.AddRange(Rows(rows.Skip(index + 1), people));
                return true;
            }

            if (Head(head, OfUnits, Column.UnitName) is { } units)
            {
                Units.AddRange(Rows(rows.Skip(index + 1), units));
                return true;
            }
        }

        return false;
    }

    // Column by grid column, if all the needed ones are there and at least two in all: a title is no head.
    private static Dictionary<int, Column>? Head(IEnumerable<Cell> row, Column[] among, params Column[] needed)
    {
        var head = new Dictionary<int, Column>();
        foreach (var cell in row)
        {
            var label = UnitName.Key(cell.Text);
            foreach (var column in among.Where(column => Labels[column].Contains(label) && !head.ContainsValue(column)).Take(1))
            {
                head[cell.Column] = column;
            }
        }

        return head.Count >= 2 && needed.All(head.ContainsValue) ? head : null;
    }

    private static IEnumerable<SheetRow> Rows(IEnumerable<IGrouping<int, Cell>> rows, Dictionary<int, Column> head)
    {
        // Places say where a cell stands in the sheet; the grid's own columns do not when the sheet begins further right.
        FrozenDictionary<Column, int>? columns = null;
        foreach (var row in rows)
        {
            var cells = row.Where(cell => head.ContainsKey(cell.Column) && cell.Blocks is [Paragraph, ..]).ToList();
            if (cells.Count == 0)
            {
                continue;
            }

            var (sheet, column, number) = Place(cells[0].Blocks[0].Place);
            columns ??= head.ToFrozenDictionary(at => at.Value, at => at.Key - cells[0].Column + column);
            yield return new(sheet, number, columns, cells.ToFrozenDictionary(cell => head[cell.Column], cell => cell.Text.Trim()));
        }
    }

    private static (string Sheet, int Column, int Row) Place(string place)
    {
        var at = place.LastIndexOf('!');
        var (letters, column) = (at + 1, 0);
        while (letters < place.Length && char.IsAsciiLetterUpper(place[letters]))
        {
            column = (column * 26) + place[letters++] - 'A' + 1;
        }

        return (place[..at], column - 1, int.Parse(place.AsSpan(letters), CultureInfo.InvariantCulture));
    }

    // In every language, since a workbook may come from whoever reads another one.
    private static FrozenSet<string> Spelt(string key) => Resources.Texts.GetValueOrDefault(key) is { } texts
        ? texts.Values.SelectMany(text => text.Split('|')).Select(UnitName.Key).ToFrozenSet(StringComparer.Ordinal)
        : [];
}
