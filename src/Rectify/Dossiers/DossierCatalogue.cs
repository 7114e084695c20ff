using System.Globalization;
using System.Net;
using System.Text;
using Rectify.Evidence;
using Rectify.Papers;
using Rectify.Platform.Text;
using Rectify.Tasks;

namespace Rectify.Dossiers;

/// <summary>The catalogue of a package: each original with what was said of it, and what is not there.</summary>
internal sealed class DossierCatalogue(
    Words words, Programme programme, Dossier dossier, IReadOnlyList<PackedFile> packed, IReadOnlyDictionary<Guid, string> units, DateOnly day, DateTimeOffset now)
{
    private static readonly (string Key, double Width)[] Columns =
    [
        ("no", 6), ("folder", 10), ("state", 10), ("requirement", 36), ("piece", 40), ("docno", 20), ("issuer", 24), ("effective", 12), ("period", 24), ("place", 24), ("proves", 40),
        ("unit", 20), ("remark", 40), ("original", 40), ("path", 50), ("size", 14), ("sha256", 66), ("sm3", 66),
    ];

    public Task WriteWorkbookAsync(Stream to, CancellationToken ct) => XlsxWriter.WriteAsync(
        to, words["dossier.zip.catalogue"], [.. Columns.Select(column => new SheetColumn(words[$"dossier.export.{column.Key}"], column.Width))], Rows().ToAsyncEnumerable(), ct);

    /// <summary>The same as a page that stands alone: no script, nothing fetched.</summary>
    public string Page()
    {
        var html = new StringBuilder();
        var title = words["dossier.of", words.Heading(dossier.Item)];
        html.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="{words.Language.Tag}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Safe(title)}</title>
            <style>{Style}</style></head><body>
            <h1>{Safe(title)}</h1>
            <p>{Safe(programme.Name)} · {Safe(words["dossier.zip.as-of", day, now])} · {Safe(No())}</p>
            <p>{Safe(words["dossier.zip.counts", packed.Count, dossier.Required, dossier.Count(RequirementState.Present), dossier.Count(RequirementState.Missing), dossier.Count(RequirementState.Expired), dossier.Count(RequirementState.Duplicate)])}</p>

            """);
        if (packed.Count(one => one.State is OriginalState.Missing or OriginalState.Altered) is > 0 and var broken)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"bad\">{Safe(words["dossier.zip.broken", broken])}</p>\n");
        }

        html.Append("<div class=\"wide\"><table><thead><tr>");
        foreach (var (key, _) in Columns)
        {
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Safe(words[$"dossier.export.{key}"])}</th>");
        }

        html.Append("</tr></thead><tbody>\n");
        foreach (var row in Rows())
        {
            html.Append("<tr>");
            foreach (var (value, (key, _)) in row.Zip(Columns))
            {
                html.Append(key is "path" && value is string { Length: > 0 } path && packed.Any(one => one.Path == path && one.State is not (OriginalState.Missing or OriginalState.Destroyed))
                    ? $"<td><a href=\"{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}\">{Safe(path)}</a></td>"
                    : $"<td{(key is "sha256" or "sm3" ? " class=\"hash\"" : "")}>{Safe(Text(value))}</td>");
            }

            html.Append("</tr>\n");
        }

        return html.Append("</tbody></table></div>\n</body></html>\n").ToString();
    }

    /// <summary>What is printed of it: A4 landscape, without hashes and paths.</summary>
    public Paper Paper(string by)
    {
        (int Column, double Width)[] printed = [(0, 1), (1, 1.6), (2, 1.5), (3, 5), (4, 6), (5, 3.2), (6, 3.2), (7, 2.8), (10, 3.4), (12, 4)];
        return new(
            words["dossier.of", words.Heading(dossier.Item)], now,
            [
                new PaperParagraph(words["dossier.zip.counts", packed.Count, dossier.Required, dossier.Count(RequirementState.Present), dossier.Count(RequirementState.Missing), dossier.Count(RequirementState.Expired), dossier.Count(RequirementState.Duplicate)], PaperAlign.Left),
                new PaperParagraph(No(), PaperAlign.Left),
                new DataTable(
                    [.. printed.Select(one => new PaperColumn(words[$"dossier.export.{Columns[one.Column].Key}"], one.Width))],
                    [.. Rows(shortly: true).Select(row => (IReadOnlyList<string>)[.. printed.Select(one => Text(row[one.Column]))])]) { RowsSplit = true },
            ])
        {
            Turn = PaperTurn.Landscape,
            CountsPages = true,
            Words = words,
            Header = new(programme.ShortName, day, by, now),
        };
    }

    internal const string Style =
        "body{font:15px/1.6 system-ui,'Microsoft YaHei','Noto Sans CJK SC',sans-serif;margin:2rem;color:#1c2430}table{border-collapse:collapse}"
        + "th,td{border:1px solid #c9d1db;padding:.25rem .5rem;text-align:start;vertical-align:top}th{background:#eef2f6;white-space:nowrap}"
        + ".hash{font:12px monospace;word-break:break-all;min-width:18em}.bad{color:#a3161a;font-weight:600}.ok{color:#0a5c36;font-weight:600}.wide{overflow-x:auto}";

    // Pieces in the archive's order; what is lacking stands in its place without a number.
    private IEnumerable<object?[]> Rows(bool shortly = false)
    {
        var titles = dossier.Parts.ToDictionary(
            part => part.Id, part => !shortly ? words.Heading(part) : part.Id == dossier.Item.Id ? words["evidence.proves.this"] : words.Short(part));
        var byLine = packed.Where(one => one.Line is not null).ToLookup(one => one.Line!);
        foreach (var folder in dossier.Requirements.Folders)
        {
            foreach (var line in dossier.Lines.Where(line => line.Requirement.Folder == folder))
            {
                foreach (var one in byLine[line])
                {
                    yield return Row(one, titles);
                }

                if (line.State is not RequirementState.Present)
                {
                    yield return
                    [
                        null, folder, words[$"dossier.state.{line.State}"], line.Requirement.Title, line.State is RequirementState.NotYet ? null : words["dossier.lacking", line.Lacking], null, null, null,
                        null, null, line.Target == dossier.Item.Id ? null : titles.GetValueOrDefault(line.Target), null, line.DueOn is { } due ? words["dossier.due", due] : null,
                        null, null, null, null, null,
                    ];
                }
            }
        }

        foreach (var one in packed.Where(one => one.Line is null))
        {
            yield return Row(one, titles);
        }
    }

    private object?[] Row(PackedFile one, Dictionary<Guid, string> titles)
    {
        var (piece, file) = (one.Piece.Piece, one.Piece.File);
        var standing = one.Line?.Pieces.FirstOrDefault(line => line.Piece == piece.Id).Standing ?? PieceStanding.Sound;
        string?[] remarks =
        [
            one.State is OriginalState.Sound ? null : words[$"dossier.original.{one.State}"],
            one.Piece.SameAs is null ? null : words[one.Piece.Shared is null ? "dossier.same" : "dossier.same.shared"],
            standing is PieceStanding.Expired && DossierState.ValidUntil(one.Line!.Requirement, piece.Details) is { } until ? words["dossier.valid-until", until] : null,
        ];
        return
        [
            one.No, one.Folder, one.State is OriginalState.Sound ? words[$"dossier.standing.{standing}"] : words[$"dossier.original.{one.State}.short"],
            one.Line?.Requirement.Title, piece.Title, piece.Number, piece.Issuer, piece.EffectiveOn, words.Covered(piece), piece.Place,
            words.List(dossier.Parts.Where(part => one.Piece.Items.Contains(part.Id)).Select(part => titles[part.Id])), units.GetValueOrDefault(piece.UnitId, ""),
            string.Join(words["text.comma"], remarks.OfType<string>()), file.FileName, one.Path, file.Size, file.FileHash, file.Sm3,
        ];
    }

    private string No() => dossier.No == 0 ? words["dossier.requirements.usual"] : words["dossier.requirements.no", dossier.No];

    private string Text(object? value) => value switch
    {
        null => "",
        DateOnly date => words.Day(date),
        long size => words.Size(size),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
