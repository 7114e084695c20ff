using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Rectify.LookBacks;
using Rectify.Notices;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Text;
using Rectify.Platform.Web;
using Rectify.Publishing;
using Rectify.Tasks.Timeline;

namespace Rectify.Portal;

/// <summary>Feeds, open data and pictures: what the public fetches that is no page. Reads what <see cref="PublicSite"/> reads and nothing else.</summary>
internal static class PublicEndpoints
{
    private const int FeedLength = 100;

    public static void MapPublic(this IEndpointRouteBuilder app, PublicPages pages)
    {
        var site = app.MapGroup("/public").WithTags("Public").AllowAnonymous().WithMetadata(pages);
        site.MapGet("/{code}/closures.atom", (string code, HttpContext http, PublicSite site, Words words, CancellationToken ct) => FeedAsync(code, true, http, site, words, ct)).WithSummary("Atom feed of the latest closings of a programme.");
        site.MapGet("/{code}/publications.atom", (string code, HttpContext http, PublicSite site, Words words, CancellationToken ct) => FeedAsync(code, false, http, site, words, ct))
            .WithSummary("Atom feed of what was published, corrected or withdrawn last.");
        site.MapGet("/{code}/notices.atom", NoticeFeedAsync).WithSummary("Atom feed of the notices that run and of the latest that are over.");
        site.MapGet("/{code}/items/{id:guid}/changes.atom", ItemFeedAsync).WithSummary("Atom feed of what was published, corrected or withdrawn of one item.");
        site.MapGet("/{code}/items.csv", CsvAsync).WithSummary("All published items of a programme as CSV.");
        site.MapGet("/{code}/items.json", JsonAsync).WithSummary("All published items of a programme as JSON.");
        site.MapGet("/{code}/items/{id:guid}/proof.zip", ProofAsync).WithSummary("What an item's page shows, proved by the published journal: for verify.html in it, or for rectify-verify.");
        site.MapGet("/{code}/items/{id:guid}/verify.svg", QrAsync).WithSummary("A QR code for paper: it leads to the page that checks, and brings the key and the entry's hash along.");
        site.MapGet("/check/verify.md", HowToCheck).WithSummary("How to check a publication or the whole journal oneself, with a recipe for a shell with openssl.");
        site.MapGet("/{code}/draws/{id:guid}/list.txt", DrawListAsync).WithSummary("The list of a draw, byte by byte as its hash was published; once it was drawn.");
        site.MapGet("/data/schema.json", Schema).WithSummary("What the fields of items.csv and items.json mean: JSON Schema.");
        site.MapGet("/pictures/{name:length(32)}.webp", PictureAsync).WithSummary("A picture that a published item shows.");
        site.MapGet("/sitemap.xml", SitemapAsync).ExcludeFromDescription();

        // Whatever else stands below /public is nothing, and for everyone: no stranger is asked to sign in for a mistyped address.
        app.MapFallback("/public/{**rest}", () => TypedResults.NotFound()).AllowAnonymous().ExcludeFromDescription();
    }

    // The page of the documentation in the reader's language, as it stands there.
    private static FileStreamHttpResult HowToCheck(Words words) => TypedResults.Stream(
        typeof(PublicEndpoints).Assembly.GetManifestResourceStream(words.Language.Tag is "zh-CN" ? "verify.zh-CN.md" : "verify.md")!, "text/markdown; charset=utf-8");

    private static string Page(HttpContext http, PublicProgramme programme, Publication one) => http.Site + PublicPlaces.Path(programme.Code, one);

    private static async Task<IResult> FeedAsync(string code, bool closures, HttpContext http, PublicSite site, Words words, CancellationToken ct)
    {
        var programme = await site.ProgrammeAsync(code, ct);
        var rows = closures ? (await site.ClosuresAsync(programme, "", FeedLength, ct)).Rows : await site.LatestAsync(programme, FeedLength, ct);
        var entries = rows.Select(one => new PublicFeed.Entry(
            PublicFeed.IdOf(closures ? "closure" : "publication", one.PublicId), one.State is PublicationState.Withdrawn ? words["public.withdrawn.title"] : Heading(words, one.Number, one.Title), Page(http, programme, one),
            one.PublishedAt, one.ChangedAt, closures ? Closing(words, one.Snapshot!) + Summary(words, one) : Summary(words, one))).ToList();
        return Feed(http, programme, words, closures ? "closures" : "publications", entries);
    }

    private static async Task<IResult> ItemFeedAsync(string code, Guid id, HttpContext http, PublicSite site, Words words, CancellationToken ct)
    {
        var programme = await site.ProgrammeAsync(code, ct);
        var one = await site.ItemAsync(programme, id, ct);
        var title = one.State is PublicationState.Withdrawn ? words["public.withdrawn.title"] : Heading(words, one.Number, one.Title);
        var newest = one.Changes[^1];
        var entries = one.Changes.Reverse().Select(change => (Change: change, At: change == newest ? one.ChangedAt : new(change.On.ToDateTime(default), TimeSpan.Zero)))
            .Select(said => new PublicFeed.Entry(
                PublicFeed.IdOf($"change {said.Change.No}", one.PublicId), words["public.change.line", words[$"public.change.{said.Change.Act}"], said.Change.On], Page(http, programme, one), said.At, said.At, said.Change.Remark)).ToList();
        return TypedResults.Bytes(
            PublicFeed.Write(
                PublicFeed.IdOf("item", one.PublicId), words["public.feed.item", title], programme.Host.Length > 0 ? programme.Host : programme.Title, words.Language.Tag, $"{Page(http, programme, one)}/changes.atom",
                Page(http, programme, one), one.ChangedAt, programme.Licence, entries),
            "application/atom+xml; charset=utf-8");
    }

    private static async Task<IResult> NoticeFeedAsync(string code, HttpContext http, PublicSite site, Db db, TimeProvider clock, Words words, CancellationToken ct)
    {
        var programme = await site.ProgrammeAsync(code, ct);
        var rows = new List<NoticeInPublic>();
        foreach (var running in new[] { true, false })
        {
            rows.AddRange(await NoticesInPublic.ReadAsync(db, programme.ProgrammeId, running, FeedLength, clock.Today, ct));
        }

        // A notice stays word for word what it was: the days left stand on its page, not here.
        var entries = rows.OrderByDescending(one => one.PublishedAt).Take(FeedLength).Select(one => new PublicFeed.Entry(
            PublicFeed.IdOf("notice", one.Id), one.Title, http.Site + one.Href, one.PublishedAt, one.ChangedAt,
            $"{one.Number} {(one.EndsOn is { } last ? words["public.notice.days", one.From, last] : words["public.notice.from", one.From])}")).ToList();
        return Feed(http, programme, words, "notices", entries);
    }

    private static FileContentHttpResult Feed(HttpContext http, PublicProgramme programme, Words words, string name, IReadOnlyList<PublicFeed.Entry> entries) => TypedResults.Bytes(
        PublicFeed.Write(
            PublicFeed.IdOf(name, programme.Id), words[$"public.feed.{name}", programme.Title], programme.Host.Length > 0 ? programme.Host : programme.Title, words.Language.Tag,
            $"{http.Site}/public/{programme.Code}/{name}.atom", $"{http.Site}/public/{programme.Code}{(name == "publications" ? "" : $"/{name}")}", programme.ChangedAt, programme.Licence, entries),
        "application/atom+xml; charset=utf-8");

    /// <summary>Day and number of a closing, as a reader of the feed sees them first.</summary>
    internal static string Closing(Words words, PublicSnapshot closed) =>
        closed.ClosedOn is not { } on ? "" : closed.ClosingNumber.Length > 0 ? words["public.feed.closed.number", on, closed.ClosingNumber] : words["public.feed.closed", on];

    private static string Summary(Words words, Publication one)
    {
        var last = one.Changes[^1];
        var told = words["public.change.line", words[$"public.change.{last.Act}"], last.On];
        return last.Remark.Length > 0 ? $"{told} {last.Remark}" : told;
    }

    /// <summary>Number and title; both masked as they were published.</summary>
    internal static string Heading(Words words, string number, string title) => number.Length == 0 ? title : words["item.heading", number, title];

    private static async Task<List<OpenData.Row>> RowsAsync(PublicSite site, PublicProgramme programme, HttpContext http, CancellationToken ct) =>
    [
        .. (await site.Published(programme).OrderBy(one => one.SortKey).ThenBy(one => one.Id).ToListAsync(ct))
            .Select(one => new OpenData.Row(one.PublicId, Page(http, programme, one), one.PublishedAt, one.ChangedAt, one.No, one.Snapshot!)),
    ];

    private static async Task<IResult> CsvAsync(string code, HttpContext http, PublicSite site, CancellationToken ct)
    {
        var programme = await site.ProgrammeAsync(code, ct);
        return TypedResults.Bytes(OpenData.ToCsv(await RowsAsync(site, programme, http, ct)), "text/csv; charset=utf-8", $"{code}.csv");
    }

    private static async Task<IResult> JsonAsync(string code, HttpContext http, PublicSite site, CancellationToken ct)
    {
        var programme = await site.ProgrammeAsync(code, ct);
        var rows = await RowsAsync(site, programme, http, ct);
        return TypedResults.Text(
            OpenData.ToJson(new(code, programme.Title, programme.Host, programme.Licence, programme.LicenceUrl, $"{http.Site}/public/data/schema.json", rows.Count == 0 ? null : rows.Max(row => row.ChangedAt), rows)),
            "application/json", Encoding.UTF8);
    }

    /// <summary>What stands in the QR code.</summary>
    internal static string PaperAddress(HttpContext http, PublicProgramme programme, Publication one, EntryProof proof) => http.Site + PublicPlaces.CheckedAt(programme.Code, one, proof);

    private static async Task<IResult> ProofAsync(string code, Guid id, PublicSite site, PublicProof prove, CancellationToken ct)
    {
        var (_, one, proof) = await ProvedAsync(code, id, site, prove, ct);
        return TypedResults.Bytes(await prove.PackAsync(one, proof, ct), "application/zip", ProofPackage.NameOf(proof));
    }

    private static async Task<IResult> QrAsync(string code, Guid id, HttpContext http, PublicSite site, PublicProof prove, Words words, CancellationToken ct)
    {
        var (programme, one, proof) = await ProvedAsync(code, id, site, prove, ct);
        return TypedResults.Text(QrCode.Of(PaperAddress(http, programme, one, proof)).ToSvg(words["public.verify.qr"]), "image/svg+xml", Encoding.UTF8);
    }

    private static async Task<(PublicProgramme Programme, Publication One, EntryProof Proof)> ProvedAsync(string code, Guid id, PublicSite site, PublicProof prove, CancellationToken ct)
    {
        var programme = await site.ProgrammeAsync(code, ct);
        var one = await site.ItemAsync(programme, id, ct);
        return await prove.ReadAsync(one, ct) is { } proof ? (programme, one, proof) : throw Refusal.NotFound("publication", id);
    }

    private static async Task<IResult> DrawListAsync(string code, Guid id, PublicSite site, Db db, CancellationToken ct)
    {
        var programme = await site.ProgrammeAsync(code, ct);
        var draw = await DrawsInPublic.FindAsync(db, programme.ProgrammeId, id, ct) ?? throw Refusal.NotFound("publication", id);
        return TypedResults.Bytes(Encoding.UTF8.GetBytes(draw.List), "text/plain; charset=utf-8", "list.txt");
    }

    private static ContentHttpResult Schema() => TypedResults.Text(OpenData.Schema(Enum.GetValues<ItemStatus>().Select(status => status.Mark)), "application/schema+json", Encoding.UTF8);

    private static async Task<IResult> PictureAsync(string name, Db db, FileStore files, CancellationToken ct)
    {
        var hash = await db.PublicPictures().Where(picture => picture.Name == name).Select(picture => picture.Hash).SingleOrDefaultAsync(ct);
        return hash is not null && files.Exists(hash) ? TypedResults.Stream(files.Open(hash), "image/webp") : throw Refusal.NotFound("publication", name);
    }

    private static async Task<IResult> SitemapAsync(HttpContext http, PublicSite site, CancellationToken ct)
    {
        using var to = new MemoryStream();
        await using (var xml = XmlWriter.Create(to, new() { Encoding = new UTF8Encoding(false), Async = true }))
        {
            const string Sitemaps = "http://www.sitemaps.org/schemas/sitemap/0.9";
            xml.WriteStartElement("urlset", Sitemaps);
            void Url(string href)
            {
                xml.WriteStartElement("url", Sitemaps);
                xml.WriteElementString("loc", Sitemaps, href);
                xml.WriteEndElement();
            }

            Url($"{http.Site}/public");
            foreach (var programme in await site.ProgrammesAsync(ct))
            {
                Url($"{http.Site}/public/{programme.Code}");
                foreach (var id in await site.Published(programme).OrderBy(one => one.SortKey).Select(one => one.PublicId).Take(40_000).ToListAsync(ct))
                {
                    Url($"{http.Site}/public/{programme.Code}/items/{id}");
                }
            }

            xml.WriteEndElement();
        }

        return TypedResults.Bytes(to.ToArray(), "application/xml; charset=utf-8");
    }
}
