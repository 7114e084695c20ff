using System.Globalization;
using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace Rectify.Reading;

/// <summary>What the main part of an office package is.</summary>
internal enum MainPart { Document, Workbook, Other }

/// <summary>An office file as zip parts, unpacked only within the limits.</summary>
/// <remarks>
/// Parts are read straight with System.Xml and not through an office library: those load whole parts into memory before
/// any limit can act, and refuse published plans over a malformed hyperlink that has nothing to do with their text.
/// Element and attribute names are compared without namespace, so files in the strict dialect read the same.
/// Source: ISO/IEC 29500-1 (parts), 29500-2 (packages).
/// </remarks>
internal sealed class Package : IDisposable
{
    private readonly ZipArchive zip;
    private readonly Draft draft;
    private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<(string Id, string Kind, string Path)>> relations = [];
    private long unpacked;

    private Package(ZipArchive zip, Draft draft)
    {
        (this.zip, this.draft) = (zip, draft);
        if (zip.Entries.Count > draft.Limits.Entries)
        {
            throw draft.No("reading.bomb");
        }

        var declared = 0L;
        foreach (var entry in zip.Entries)
        {
            declared += entry.Length;
            if (declared > draft.Limits.UnpackedBytes || IsBomb(entry.Length, entry))
            {
                throw draft.No("reading.bomb");
            }

            entries.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), entry);
        }

        MainPath = Related("", "officeDocument").FirstOrDefault() ?? "";
        MainKind = RootName(MainPath) switch
        {
            "document" => MainPart.Document,
            "workbook" => MainPart.Workbook,
            _ => MainPart.Other,
        };
    }

    public string MainPath { get; }

    public MainPart MainKind { get; }

    public bool HasMacros => entries.Keys.Any(path => path.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase));

    public static Package Open(byte[] bytes, Draft draft)
    {
        var zip = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
        try
        {
            return new(zip, draft);
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    public void Dispose() => zip.Dispose();

    /// <summary>The paths of the parts that a part refers to by a kind of relationship, such as <c>styles</c>.</summary>
    public IEnumerable<string> Related(string part, string kind) =>
        from relation in Relations(part)
        where relation.Kind == kind
        select relation.Path;

    /// <summary>Where a relationship id of a part leads, or <see langword="null"/>.</summary>
    public string? Target(string part, string id) => Relations(part).FirstOrDefault(relation => relation.Id == id).Path;

    /// <summary>A part as a tree, or <see langword="null"/> if the package has none by that path.</summary>
    public XElement? Tree(string? path)
    {
        using var reader = Reader(path);
        return reader is null ? null : Tree(reader);
    }

    /// <summary>The element at the reader as a tree; the reader is left behind it.</summary>
    public XElement Tree(XmlReader reader)
    {
        var root = new XElement(XNamespace.None + "root");
        var (open, floor, count) = (root, reader.Depth, 0);
        do
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (++count > draft.Limits.Elements)
                    {
                        throw draft.TooLarge("elements", draft.Limits.Elements);
                    }

                    if (reader.Depth > draft.Limits.Depth)
                    {
                        throw draft.No("reading.too-deep", draft.Limits.Depth.ToString(CultureInfo.InvariantCulture));
                    }

                    var (element, empty) = (new XElement(reader.LocalName), reader.IsEmptyElement);
                    while (reader.MoveToNextAttribute())
                    {
                        // The first wins where two namespaces use one local name.
                        if (reader.Prefix is not "xmlns" && reader.Name is not "xmlns" && element.Attribute(reader.LocalName) is null)
                        {
                            element.Add(new XAttribute(reader.LocalName, reader.Value));
                        }
                    }

                    open.Add(element);
                    open = empty ? open : element;
                    break;
                case XmlNodeType.EndElement:
                    open = open.Parent!;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    open.Add(new XText(reader.Value));
                    break;
                default:
                    break;
            }

            draft.Ct.ThrowIfCancellationRequested();
        }
        while (reader.Read() && !(open == root && reader.Depth <= floor));

        return (XElement)root.FirstNode!;
    }

    /// <summary>
    /// A part as a stream of XML, at its root element; <see langword="null"/> if the package has none by that path.
    /// </summary>
    public XmlReader? Reader(string? path)
    {
        if (path is null || !entries.TryGetValue(path, out var entry))
        {
            return null;
        }

        // Declarations are parsed only to be seen and refused; nothing is resolved, and no entity may expand.
        var reader = XmlReader.Create(new Measured(this, entry), new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Parse,
            XmlResolver = null,
            MaxCharactersFromEntities = 1,
            MaxCharactersInDocument = draft.Limits.PartCharacters,
            CloseInput = true,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CheckCharacters = false,
        });
        while (reader.Read() && reader.NodeType is not XmlNodeType.Element)
        {
            if (reader.NodeType is XmlNodeType.DocumentType)
            {
                throw draft.No("reading.unsafe");
            }
        }

        return reader;
    }

    private string? RootName(string path)
    {
        using var reader = Reader(path);
        return reader?.LocalName;
    }

    private List<(string Id, string Kind, string Path)> Relations(string part)
    {
        if (relations.TryGetValue(part, out var known))
        {
            return known;
        }

        var slash = part.LastIndexOf('/') + 1;
        var found =
            from relation in Tree($"{part[..slash]}_rels/{part[slash..]}.rels")?.Elements("Relationship") ?? []
            where (string?)relation.Attribute("TargetMode") is not "External"
            let kind = (string?)relation.Attribute("Type") ?? ""
            let target = (string?)relation.Attribute("Target") ?? ""
            select ((string?)relation.Attribute("Id") ?? "", kind[(kind.LastIndexOf('/') + 1)..], Resolve(part[..slash], target));
        return relations[part] = [.. found];
    }

    private static string Resolve(string folder, string target)
    {
        var path = new List<string>();
        foreach (var step in (target.StartsWith('/') ? target : folder + target).Replace('\\', '/').Split('/'))
        {
            if (step is ".." && path.Count > 0)
            {
                path.RemoveAt(path.Count - 1);
            }
            else if (step is not ("" or "." or ".."))
            {
                path.Add(step);
            }
        }

        return string.Join('/', path);
    }

    private bool IsBomb(long length, ZipArchiveEntry entry) =>
        length > 1 << 20 && length / Math.Max(1, entry.CompressedLength) > draft.Limits.Ratio;

    // The sizes in a zip's directory are only claims: what comes out is counted as well.
    private sealed class Measured(Package package, ZipArchiveEntry entry) : Stream
    {
        private readonly Stream inner = entry.Open();
        private long count;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => count; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            count += read;
            package.unpacked += read;
            return package.unpacked > package.draft.Limits.UnpackedBytes || package.IsBomb(count, entry)
                ? throw package.draft.No("reading.bomb")
                : read;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
