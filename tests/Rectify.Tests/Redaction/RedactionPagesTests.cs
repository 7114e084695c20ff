using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Bulletins;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Journal;
using Rectify.Tasks;
using Rectify.Tests.Bulletins;
using Rectify.Tests.Dispatch;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Redaction;

/// <summary>Destroying a value on the pages, by whoever has the right.</summary>
public sealed class RedactionPagesTests
{
    private const string Secret = "13800138000";

    [Fact]
    public async Task A_value_is_shown_with_all_that_goes_with_it_and_is_gone_once_that_is_confirmed()
    {
        await using var product = await ServedProduct.StartAsync();
        var unit = Guid.Empty;
        await product.InAsync(async services =>
        {
            var top = await services.GetRequiredService<Db>().Units().Where(one => one.Code == "R").Select(one => one.Id).SingleAsync(Ct);
            unit = (await services.GetRequiredService<CreateUnit>().RunAsync(new("A1", "某某局", UnitKind.Department), top, Access.OfSystem(Setup), Ct)).Id;
            await RenameAsync(services, unit, Secret);
            await services.GetRequiredService<NumberEntries>().RunAsync(Ct);
        });
        using var office = product.Client();
        await ServedProduct.SignInAsync(office, "office", Password);
        using var clerk = product.Client();
        await ServedProduct.SignInAsync(clerk, "clerk", Password);

        // Found by the address of its page, by its id and by the entry's number; no address on the page holds the value.
        var number = 0L;
        await product.InAsync(async services => number = (await services.GetRequiredService<Db>().Journal.Where(row => row.Subject == unit).MaxAsync(row => row.Index, Ct))!.Value + 1);
        foreach (var of in new[] { $"http://127.0.0.1/units/{unit}", unit.ToString(), $"{number}" })
        {
            var list = await GetAsync(office, $"/admin/redaction?of={Uri.EscapeDataString(of)}");
            Assert.Contains(list.QuerySelectorAll("td"), cell => cell.TextContent.Contains(Secret, StringComparison.Ordinal));
            Assert.DoesNotContain(list.QuerySelectorAll("a"), link => link.GetAttribute("href")!.Contains(Secret, StringComparison.Ordinal));
            Assert.DoesNotMatch("[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{64}", list.QuerySelector("table")!.TextContent); // ids tell nobody anything
        }

        var choose = (await GetAsync(office, $"/admin/redaction?of={unit}")).QuerySelectorAll("a[href$='/after']").First(link => link.ParentElement!.TextContent.Contains(Secret, StringComparison.Ordinal)).GetAttribute("href")!;
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (await StatusAsync(clerk, $"/admin/redaction?of={unit}"), await StatusAsync(clerk, choose)));
        Assert.Empty((await GetAsync(clerk, "/account")).QuerySelectorAll("a[href='/admin/redaction']"));
        Assert.NotEmpty((await GetAsync(office, "/account")).QuerySelectorAll("a[href='/admin/redaction']"));

        // While the record holds it, nothing can be confirmed, and a form that was kept from elsewhere is refused.
        var held = await GetAsync(office, choose);
        Assert.Null(held.QuerySelector("input[name=seen]"));
        Assert.Contains("还在使用", held.Body!.TextContent, StringComparison.Ordinal);
        await product.InAsync(services => RenameAsync(services, unit, "某某局"));
        var page = await GetAsync(office, choose);
        var rows = page.QuerySelectorAll("table")[0].QuerySelectorAll("tbody tr");
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Contains(Secret, row.TextContent, StringComparison.Ordinal));

        // No reason, a reason that tells it, a list that is out of date: nothing goes.
        foreach (var (reason, seen) in new[] { (" ", rows.Length), ($"电话{Secret}", rows.Length), ("误录", rows.Length + 1) })
        {
            var no = await PostAsync(office, choose, page, reason, seen);
            Assert.NotNull(no.QuerySelector("[role=alert]"));
            Assert.True(await IsKeptAsync(product, unit));
        }

        var done = await PostAsync(office, choose, page, "误录的电话号码", rows.Length);
        Assert.Equal(rows.Length, done.QuerySelectorAll("table")[0].QuerySelectorAll("tbody tr").Length);
        Assert.DoesNotContain(Secret, done.Body!.TextContent, StringComparison.Ordinal);
        Assert.False(await IsKeptAsync(product, unit));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(office, choose));
        var after = await GetAsync(office, "/admin/redaction");
        Assert.Contains("误录的电话号码", after.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Person office", after.Body.TextContent, StringComparison.Ordinal);
        await product.InAsync(async services => Assert.Equal(
            1, await services.GetRequiredService<Db>().Journal.CountAsync(row => row.Kind == "journal.values-redacted" && row.Subject == unit, Ct)));
    }

    // The same words in a document, in a record that is in use, and in the history that somebody looks at.
    [Fact]
    public async Task A_document_is_blackened_where_that_is_chosen_and_records_in_use_ask_for_a_word()
    {
        await using var product = await ServedProduct.StartAsync();
        var (unit, other, version) = (Guid.Empty, Guid.Empty, Guid.Empty);
        await product.InAsync(async services =>
        {
            var (db, journal) = (services.GetRequiredService<Db>(), services.GetRequiredService<JournalWriter>());
            var region = await db.Units().AsNoTracking().SingleAsync(one => one.Code == "R", Ct);
            unit = (await services.GetRequiredService<CreateUnit>().RunAsync(new("A1", "某某局", UnitKind.Department), region.Id, Access.OfSystem(Setup), Ct)).Id;
            await RenameAsync(services, unit, Secret);
            await RenameAsync(services, unit, "某某局");
            other = (await services.GetRequiredService<CreateUnit>().RunAsync(new("A2", $"热线{Secret}", UnitKind.Department), region.Id, Access.OfSystem(Setup), Ct)).Id;
            var (task, _) = await Rectifying.HaveTaskAsync(services, region, region, region);
            var programme = await db.ItemsFor(Access.OfSystem(Setup), Right.Read).Where(item => item.Id == task).Select(item => item.ProgrammeId).SingleAsync(Ct);
            var plan = db.Add(Rectify.Plans.PlanVersion.Create(programme, 1, "方案", "plan.docx", new('0', 64), new($"电话{Secret}", []), TimeProvider.System.GetUtcNow())).Entity;
            version = plan.Id;
            await journal.CommitAsync(new Publishing.Noted { Subject = programme, By = Setup, At = TimeProvider.System.GetUtcNow(), Number = 1 }, Ct);
            await services.GetRequiredService<NumberEntries>().RunAsync(Ct);
        });
        using var office = product.Client();
        await ServedProduct.SignInAsync(office, "office", Password);
        var choose = (await GetAsync(office, $"/admin/redaction?of={unit}")).QuerySelectorAll("a[href$='/after']").First(link => link.ParentElement!.TextContent.Contains(Secret, StringComparison.Ordinal)).GetAttribute("href")!;
        var page = await GetAsync(office, choose);
        var box = page.QuerySelector("input[name=black][value='PlanVersion.Content']")!;
        Assert.False(box.HasAttribute("checked"));
        Assert.Contains($"电话{Secret}", box.Closest("tr")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("input[name=differ][required]"));
        var rows = page.QuerySelectorAll("table")[0].QuerySelectorAll("tbody tr").Length;

        Assert.Contains("现行记录", (await PostAsync(office, choose, page, "误录", rows, ("black", "PlanVersion.Content"))).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull((await PostAsync(office, choose, page, "误录", rows, ("black", "Unit.Name"), ("differ", "true"))).QuerySelector("[role=alert]")); // no document
        Assert.True(await IsKeptAsync(product, unit));
        var done = await PostAsync(office, choose, page, "误录", rows, ("black", "PlanVersion.Content"), ("differ", "true"));

        Assert.Null(done.QuerySelector("[role=alert]"));
        Assert.False(await IsKeptAsync(product, unit));
        Assert.Contains("整改方案", page.Body!.TextContent, StringComparison.Ordinal);
        await product.InAsync(async services =>
        {
            var db = services.GetRequiredService<Db>();
            Assert.Equal("电话████", Rectify.Plans.PlanContent.Parse(await db.Set<Rectify.Plans.PlanVersion>().Where(one => one.Id == version).Select(one => one.Content).SingleAsync(Ct)).Title);
            Assert.Equal($"热线{Secret}", await db.Units().Where(one => one.Id == other).Select(one => one.Name).SingleAsync(Ct));
            Assert.Equal(1, await db.Redactions().Where(one => one.Subject == unit).Select(one => one.Blackened).SingleAsync(Ct));
        });
    }

    [Fact]
    public async Task A_file_is_found_by_its_piece_and_its_pages_say_that_it_was_destroyed()
    {
        await using var product = await ServedProduct.StartAsync();
        var piece = Guid.Empty;
        await product.InAsync(async services =>
        {
            var (db, journal) = (services.GetRequiredService<Db>(), services.GetRequiredService<JournalWriter>());
            var region = await db.Units().AsNoTracking().SingleAsync(unit => unit.Code == "R", Ct);
            var (task, _) = await Rectifying.HaveTaskAsync(services, region, region, region);
            var programme = await db.ItemsFor(Access.OfSystem(Setup), Right.Read).Where(item => item.Id == task).Select(item => item.ProgrammeId).SingleAsync(Ct);
            var hash = await services.GetRequiredService<FileStore>().KeepAsync(new MemoryStream(Encoding.UTF8.GetBytes(Secret)), 100, Ct);
            var (now, sm3) = (TimeProvider.System.GetUtcNow(), Convert.ToHexStringLower(Rectify.Proof.Digests.Sm3.Hash(Encoding.UTF8.GetBytes(Secret))));
            var one = db.Add(Piece.Create(programme, region.Id, new("来信", PieceKind.Document), now, new(2026, 3, 2))).Entity;
            db.Add(new PieceVersion { PieceId = one.Id, No = one.NextVersion(""), FileHash = hash, Sm3 = sm3, Size = 11, FileName = $"{Secret}.txt", Type = "text", AddedAt = now, AddedBy = Setup });
            db.Add(PieceUse.Of(one, task));
            await journal.CommitAsync(
                new EvidenceAdded { Subject = one.Id, By = Setup, At = now, Piece = JournalBytes.Text(one.PublicId), PieceKind = one.Kind, Items = [], Files = [JournalFile.Of(hash, sm3)] }, Ct);
            piece = one.Id;
        });
        using var office = product.Client();
        await ServedProduct.SignInAsync(office, "office", Password);
        using var clerk = product.Client();
        await ServedProduct.SignInAsync(clerk, "clerk", Password);
        Assert.Contains($"{Secret}.txt", await office.GetStringAsync($"/evidence/{piece}", Ct), StringComparison.Ordinal);

        var choose = (await GetAsync(office, $"/admin/redaction?of={piece}")).QuerySelector("a[href^='/admin/redaction/files/']")!.GetAttribute("href")!;
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(clerk, choose));
        var page = await GetAsync(office, choose);
        Assert.NotNull(page.QuerySelector($"a[href='/evidence/{piece}']"));
        foreach (var (reason, seen) in new[] { (" ", 1), ("误交", 2) })
        {
            Assert.NotNull((await PostAsync(office, choose, page, reason, seen)).QuerySelector("[role=alert]"));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(office, $"/evidence/{piece}/versions/1/file"));
        }

        var done = await PostAsync(office, choose, page, "误交的来信", 1);
        Assert.Null(done.QuerySelector("[role=alert]")?.TextContent);
        Assert.Contains("文件已销毁", done.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (await StatusAsync(office, choose), await StatusAsync(office, $"/evidence/{piece}/versions/1/file")));
        var after = await GetAsync(office, $"/evidence/{piece}");
        Assert.Contains("已销毁", after.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, after.Body.TextContent, StringComparison.Ordinal);
        Assert.Null(after.QuerySelector("a[download]"));
        Assert.Contains("误交的来信", (await GetAsync(office, "/admin/redaction")).Body!.TextContent, StringComparison.Ordinal);
    }

    // A bulletin keeps its number, its text and its hashes; of a file that is gone its page says when, why and where that is on record.
    [Theory, EveryDatabase]
    public async Task The_page_of_a_bulletin_says_of_a_destroyed_file_when_and_why_it_went_and_links_to_none(string database)
    {
        await using var world = await World.CreateAsync(database);
        var r = await Reporting.HaveAsync(world);
        var round = await r.OpenAsync(world, new(2026, 3, 31));
        await r.ReportAsync(world, round, "C1", 35);
        await r.CloseAsync(world, round);
        var bulletin = await IssueBulletinTests.DraftAsync(world, r, round);
        await world.InAsync((IssueBulletin issue) => issue.RunAsync(bulletin, 0, r.Office, Ct));
        var pdf = await world.InAsync((Db db) => db.BulletinFiles().Where(file => file.Ending == "pdf").Select(file => file.FileHash).SingleAsync(Ct));
        await world.InAsync((IServiceProvider services) => new RedactFile(
            services.GetRequiredService<Db>(), services.GetRequiredService<JournalWriter>(), services.GetRequiredService<FileStore>(), services.GetServices<IForgetFiles>())
            .RunAsync(pdf, RedactionGround.Order, "按法院决定。", Setup, world.Clock.GetUtcNow(), Ct));
        await world.InAsync((NumberEntries number) => number.RunAsync(Ct));
        var no = (await world.InAsync((Db db) => db.Journal.Where(row => row.Kind == "journal.values-redacted" && row.Subject == bulletin).Select(row => row.Index).SingleAsync(Ct)))!.Value + 1;
        var region = await world.InAsync((Db db) => db.Units().Where(unit => unit.ParentId == null).OrderBy(unit => unit.Id).Select(unit => unit.Id).FirstAsync(Ct));
        await using var product = await ServedProduct.OnAsync(world);
        await product.InAsync(async services =>
        {
            var person = await services.GetRequiredService<CreatePerson>().RunAsync(new(null, region, "Somebody"), Access.OfSystem(Setup), Ct);
            var account = await services.GetRequiredService<CreateAccount>().WithPasswordAsync(person.Id, "somebody", Password, Setup, Ct);
            await services.GetRequiredService<GiveDuty>().RunAsync(account.Id, Role.Office, region, null, null, Setup, Ct);
        });
        using var office = product.Client();
        await ServedProduct.SignInAsync(office, "somebody", Password);

        foreach (var (language, gone, whole) in new[]
        {
            ("zh-CN", "PDF文件已销毁。", $"依据：法院或者主管机关决定。办理人：运维人员（在服务器上执行）。理由：按法院决定。 见登记簿第{no}号。"), ("en", "The PDF file was destroyed.", $"Register no. {no}."),
        })
        {
            office.DefaultRequestHeaders.AcceptLanguage.Clear();
            office.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
            var page = await GetAsync(office, $"/bulletins/{bulletin}");
            var note = Assert.Single(page.QuerySelectorAll(".note-stop"), one => one.TextContent.Contains(gone, StringComparison.Ordinal));
            Assert.Contains(whole, note.TextContent, StringComparison.Ordinal);
            Assert.Null(page.QuerySelector($"a[href='/bulletins/{bulletin}/file.pdf']"));
            Assert.NotNull(page.QuerySelector($"a[href='/bulletins/{bulletin}/file.docx']"));
        }

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (await StatusAsync(office, $"/bulletins/{bulletin}/file.pdf"), await StatusAsync(office, $"/bulletins/{bulletin}/file.docx")));
        using var answer = System.Text.Json.JsonDocument.Parse(await office.GetStringAsync($"/api/bulletins/{bulletin}", Ct));
        Assert.Equal(["docx: there", "pdf: gone"], answer.RootElement.GetProperty("files").EnumerateArray().Select(file =>
            $"{file.GetProperty("ending").GetString()}: {(file.GetProperty("address").ValueKind is System.Text.Json.JsonValueKind.Null && file.TryGetProperty("destroyedAt", out var at) && at.ValueKind is not System.Text.Json.JsonValueKind.Null ? "gone" : "there")}"));
    }

    private static async Task RenameAsync(IServiceProvider services, Guid unit, string name)
    {
        var one = await services.GetRequiredService<Db>().Units().AsNoTracking().SingleAsync(known => known.Id == unit, Ct);
        await services.GetRequiredService<ChangeUnit>().RunAsync(unit, one.Version, new("A1", name, UnitKind.Department), one.ParentId, Access.OfSystem(Setup), Ct);
    }

    private static async Task<bool> IsKeptAsync(ServedProduct product, Guid unit)
    {
        var kept = false;
        await product.InAsync(async services => kept = (await services.GetRequiredService<Db>().OpeningsOfAsync(unit, null, Ct)).Exists(one => one.Before == Secret || one.After == Secret));
        return kept;
    }

    private static async Task<IHtmlDocument> GetAsync(HttpClient client, string path) => new HtmlParser().ParseDocument(await client.GetStringAsync(path, Ct));

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Ct);
        return answer.StatusCode;
    }

    private static async Task<IHtmlDocument> PostAsync(HttpClient client, string path, IHtmlDocument page, string reason, int seen, params (string Name, string Value)[] more)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!,
            ["_handler"] = "redact",
            ["ground"] = "Misplaced",
            ["reason"] = reason,
            ["seen"] = $"{seen}",
        }.Concat(more.Select(field => KeyValuePair.Create(field.Name, field.Value))));
        using var answer = await client.PostAsync(path, form, Ct);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Ct));
    }
}
