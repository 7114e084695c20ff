using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rectify.Dispatch;
using Rectify.Platform.Files;

namespace Rectify.Workbooks;

/// <summary>A cell of a workbook that is wrong or strange.</summary>
/// <param name="Cell">As <c>F7</c>.</param>
/// <param name="Value">What stands in it.</param>
/// <param name="Code">The text is <c>workbook.error.</c> and this; it takes <paramref name="Value"/> and then <paramref name="Arguments"/>.</param>
public sealed record CellFault(string Sheet, string Cell, string Value, string Code, params object?[] Arguments);

/// <summary>Something that a line has to mend before the return is submitted, and the cell where it is mended.</summary>
internal sealed record RuleFault(string Sheet, string Cell, LineFault Fault);

/// <summary>A line that a workbook changes, or confirms as it is.</summary>
internal sealed record TakenLine(ReturnView.Line Line, StatedLine Stated, IReadOnlyList<FieldDifference> Changes, IReadOnlyList<RuleFault> Faults);

/// <summary>A line that cannot be taken over, because it is no longer what the workbook shows.</summary>
/// <param name="Acts">What was done to it since.</param>
/// <param name="Given">What the plan says otherwise now.</param>
internal sealed record StaleLine(ReturnView.Line Line, IReadOnlyList<LineAct> Acts, IReadOnlyList<FieldDifference> Given);

/// <summary>What taking over a workbook would do: the same reckoning for the page and for the act.</summary>
internal sealed record WorkbookPreview
{
    public required ReturnView View { get; init; }

    public required string FileName { get; init; }

    /// <summary>The kept file, of the one who handed it in.</summary>
    public required Guid Upload { get; init; }

    /// <summary>SHA-256 of the file; 64 hexadecimal digits.</summary>
    public required KeptFile Document { get; init; }

    /// <summary>When the workbook was downloaded.</summary>
    public required DateTimeOffset Made { get; init; }

    /// <summary>With any, nothing is taken over.</summary>
    public required IReadOnlyList<CellFault> Errors { get; init; }

    /// <summary>What was passed over and may be meant to count.</summary>
    public required IReadOnlyList<CellFault> Notices { get; init; }

    /// <summary>With any, nothing is taken over.</summary>
    public required IReadOnlyList<StaleLine> Stale { get; init; }

    /// <summary>In the order of the return.</summary>
    public required IReadOnlyList<TakenLine> Lines { get; init; }

    public bool MayConfirm => Errors.Count == 0 && Stale.Count == 0 && Lines.Count > 0;

    /// <summary>Lines that are still to be filled in once this is taken over.</summary>
    public int Open => View.Open - Lines.Count(line => !line.Line.Row.Filled);

    public int Faulty => Lines.Count(line => line.Faults.Count > 0);

    /// <summary>Changes whenever what would be saved changes: whoever confirms says with it what they saw; 64 hexadecimal digits.</summary>
    public string Seal { get; private set; } = "";

    public WorkbookPreview Sealed() => this with
    {
        Seal = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(
            new { Document = Document.Sha256, Errors = Errors.Count, Stale = Stale.Count, Lines = Lines.Select(line => new { line.Line.Row.Id, line.Line.Row.Version, line.Stated }) })))),
    };
}
