using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Rectify.Organisation.Import;

/// <summary>What an import does with one row of the workbook.</summary>
public enum Fate { Added, Changed, Same }

/// <summary>One field that an import changes.</summary>
/// <param name="Field">The text is <c>organisation.field.</c> and this, as <c>Unit.Name</c>.</param>
public sealed record FieldChange(string Field, string? Old, string? New);

/// <summary>One unit or person of a workbook, and what becomes of it.</summary>
/// <param name="Detail">The unit above, or the person's unit.</param>
public sealed record ImportedRow(string Sheet, string Cell, Fate Fate, string Name, string Detail, IReadOnlyList<FieldChange> Changes);

/// <summary>What an import will do, or has done: the same reckoning both times.</summary>
/// <param name="Document">The workbook's SHA-256; 64 hexadecimal digits.</param>
/// <param name="Errors">With any, nothing can be taken over.</param>
public sealed record ImportPreview(
    string FileName, string Document, IReadOnlyList<ImportedRow> Units, IReadOnlyList<ImportedRow> People, IReadOnlyList<CellError> Errors)
{
    /// <summary>Changes whenever the preview would: whoever confirms says with it what they saw; 64 hexadecimal digits.</summary>
    public string Seal { get; } = Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { Document, Units, People, Errors }))));

    public int Count(Fate fate) => Units.Concat(People).Count(row => row.Fate == fate);
}
