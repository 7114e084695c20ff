using Rectify.Platform;

namespace Rectify.Reading;

/// <summary>Reads a plan, whatever file it came in, into the one block model.</summary>
public static class DocumentReader
{
    /// <summary>Reads a file from its present position to its end; the stream stays open.</summary>
    /// <param name="name">The file's name, for messages only: the format is told from the content.</param>
    /// <exception cref="Refusal">
    /// 422 <c>reading.empty</c>, <c>encrypted</c>, <c>corrupt</c>, <c>too-large</c>, <c>too-deep</c>, <c>too-slow</c>,
    /// <c>bomb</c>, <c>unsafe</c>, <c>unknown-format</c>, <c>legacy</c>, <c>no-text</c>, <c>nothing</c>: what is wrong
    /// with the file and what to do. Whatever bytes come in, no other exception leaves.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> asked to stop.</exception>
    public static SourceDocument Read(
        Stream content, string name, ReadingLimits? limits = null, CancellationToken ct = default)
    {
        var draft = new Draft(name, limits ?? ReadingLimits.Default, ct);
        var bytes = Bytes(content, draft);
        try
        {
            return Read(bytes, draft);
        }
        catch (Exception failure) when (failure is not (Refusal or OperationCanceledException))
        {
            // The libraries below throw a dozen kinds of exception over damaged files, and change them between versions.
            throw draft.No("reading.corrupt");
        }
    }

    private static SourceDocument Read(byte[] bytes, Draft draft) => FileKinds.Tell(bytes) switch
    {
        FileKind.Zip => ReadPackage(bytes, draft),
        FileKind.Pdf => PdfReader.Read(bytes, draft),
        FileKind.EncryptedOffice => throw draft.No("reading.encrypted"),
        FileKind.OldOffice => throw draft.No("reading.legacy"),
        FileKind.OtherBinary => throw draft.No("reading.unknown-format"),
        FileKind.Text => ReadText(bytes, draft),
    };

    private static SourceDocument ReadPackage(byte[] bytes, Draft draft)
    {
        using var package = Package.Open(bytes, draft);
        return package.MainKind switch
        {
            MainPart.Document => new WordReader(package, draft).Read(),
            MainPart.Workbook => new WorkbookReader(package, draft).Read(),
            MainPart.Other => throw draft.No("reading.unknown-format"),
        };
    }

    private static SourceDocument ReadText(byte[] bytes, Draft draft)
    {
        if (bytes.Length > draft.Limits.TextBytes)
        {
            throw draft.TooLarge("bytes", draft.Limits.TextBytes);
        }

        var text = TextDecoder.Decode(bytes, draft);
        if (HtmlReader.LooksLike(text))
        {
            return new HtmlReader(draft).Read(text);
        }

        // Word's and Excel's single-file forms are text too, but not for reading.
        var office = text.StartsWith("MIME-Version:", StringComparison.OrdinalIgnoreCase) || text.AsSpan().TrimStart().StartsWith("<?xml");
        return office ? throw draft.No("reading.legacy") : PlainTextReader.Read(text, draft);
    }

    internal static byte[] Bytes(Stream content, Draft draft)
    {
        var limit = draft.Limits.FileBytes;
        if (content.CanSeek && content.Length - content.Position > limit)
        {
            throw draft.TooLarge("bytes", limit);
        }

        using var kept = new MemoryStream();
        var buffer = new byte[81_920];
        int count;
        while ((count = content.Read(buffer)) > 0)
        {
            draft.Ct.ThrowIfCancellationRequested();
            if (kept.Length + count > limit)
            {
                throw draft.TooLarge("bytes", limit);
            }

            kept.Write(buffer, 0, count);
        }

        return kept.Length == 0 ? throw draft.No("reading.empty") : kept.ToArray();
    }
}
