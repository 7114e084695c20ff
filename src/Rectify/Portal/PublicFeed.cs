using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace Rectify.Portal;

/// <summary>An Atom feed. Source: RFC 4287.</summary>
internal static class PublicFeed
{
    private const string Atom = "http://www.w3.org/2005/Atom";

    /// <param name="Id">Permanent.</param>
    /// <param name="Href">Absolute.</param>
    public sealed record Entry(string Id, string Title, string Href, DateTimeOffset Published, DateTimeOffset Updated, string Summary);

    /// <param name="self">The feed's own absolute address.</param>
    /// <param name="page">The absolute address of the page that shows the same.</param>
    /// <param name="empty">When there is no entry yet, since when.</param>
    public static byte[] Write(string id, string title, string author, string language, string self, string page, DateTimeOffset empty, string rights, IReadOnlyList<Entry> entries)
    {
        using var to = new MemoryStream();
        using (var xml = XmlWriter.Create(to, new() { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            void Text(string name, string text) => xml.WriteElementString(name, Atom, Clean(text));
            void Link(string rel, string href, string type)
            {
                xml.WriteStartElement("link", Atom);
                xml.WriteAttributeString("rel", rel);
                xml.WriteAttributeString("type", type);
                xml.WriteAttributeString("href", href);
                xml.WriteEndElement();
            }

            xml.WriteStartElement("feed", Atom);
            xml.WriteAttributeString("xml", "lang", null, language);
            Text("id", id);
            Text("title", title);
            Text("updated", Time(entries.Count == 0 ? empty : entries.Max(entry => entry.Updated)));
            xml.WriteStartElement("author", Atom);
            Text("name", author);
            xml.WriteEndElement();
            Text("rights", rights);
            Link("self", self, "application/atom+xml");
            Link("alternate", page, "text/html");
            foreach (var entry in entries)
            {
                xml.WriteStartElement("entry", Atom);
                Text("id", entry.Id);
                Text("title", entry.Title);
                Text("published", Time(entry.Published));
                Text("updated", Time(entry.Updated));
                Link("alternate", entry.Href, "text/html");
                Text("summary", entry.Summary);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return to.ToArray();
    }

    /// <summary>A permanent id made of the ids of what it is about.</summary>
    public static string IdOf(string kind, Guid of) => $"urn:uuid:{new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind} {of:N}")).AsSpan(0, 16)):D}";

    // XML 1.0 has no place for most control characters, not even as entities.
    private static string Clean(string text) => new([.. text.Where((c, i) => XmlConvert.IsXmlChar(c)
        || (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) || (char.IsLowSurrogate(c) && i > 0 && char.IsHighSurrogate(text[i - 1])))]);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
