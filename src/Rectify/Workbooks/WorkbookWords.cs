using Rectify.Platform.Text;

namespace Rectify.Workbooks;

/// <summary>What a workbook that came back is told, in the reader's words.</summary>
internal static class WorkbookWords
{
    extension(Words words)
    {
        /// <summary>What is wrong with a cell, with its value, and what to do.</summary>
        public string Fault(CellFault fault) => words[$"workbook.error.{fault.Code}", [fault.Value.Length > 60 ? fault.Value[..59] + "…" : fault.Value, .. fault.Arguments]];

        /// <summary>填报!F7.</summary>
        public string Place(string sheet, string cell) => cell.Length == 0 ? words["text.none"] : $"{sheet}!{cell}";

        /// <summary>What a difference is about: the figure's, node's or measure's name, or the field.</summary>
        public string Label(FieldDifference difference) => words[$"workbook.field.{difference.Field}", difference.Name];

        /// <summary>Who changed a line, and when.</summary>
        public string Told(LineAct act) => words["workbook.act", act.Who, act.At];
    }
}
