using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Closure;
using Rectify.Dossiers;
using Rectify.Evidence;
using Rectify.Notices;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Identity;
using Rectify.Platform.Text;
using Rectify.Portal;
using Rectify.Procedures;
using Rectify.Tests.Papers;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Notices;

/// <summary>Notices over HTTP: every role tries every act, and strangers reach what was published and nothing else.</summary>
public sealed class NoticeHttpTests : IAsyncLifetime
{
    private static readonly string[] Roles = ["clerk", "reporter", "neighbour", "leader", "administrator"];

    private readonly DateOnly today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8));
    private ServedProduct served = null!;
    private Guid closure;

    public async ValueTask InitializeAsync()
    {
        served = await ServedProduct.StartAsync("Objections:PerTenMinutes=6", "Notices:PapersPerMinute=40");
        await served.InAsync(async services =>
        {
            var (db, system) = (services.GetRequiredService<Db>(), Access.OfSystem(Setup));
            var region = await db.Units().AsNoTracking().SingleAsync(unit => unit.Code == "R", Ct);
            var units = new Dictionary<string, Unit> { ["R"] = region };
            foreach (var (code, kind) in new[] { ("C1", UnitKind.County), ("C2", UnitKind.County), ("D1", UnitKind.Department) })
            {
                units[code] = await services.GetRequiredService<CreateUnit>().RunAsync(new(code, $"Unit {code}", kind), region.Id, system, Ct);
            }

            foreach (var (unit, name, role) in new[] { ("C1", "reporter", Role.Responsible), ("C2", "neighbour", Role.Responsible), ("R", "leader", Role.Leader), ("R", "administrator", Role.Administrator) })
            {
                var person = await services.GetRequiredService<CreatePerson>().RunAsync(new(null, units[unit].Id, $"Person {name}", ""), system, Ct);
                var account = await services.GetRequiredService<CreateAccount>().WithPasswordAsync(person.Id, name, Password, Setup, Ct);
                await services.GetRequiredService<GiveDuty>().RunAsync(account.Id, role, units[unit].Id, null, null, Setup, Ct);
            }

            var (task, _) = await Rectifying.HaveTaskAsync(services, region, units["C1"], units["D1"]);
            await services.GetRequiredService<ChangeRequirements>().RunAsync("r1", new(["01"], [new("report", "01", "Report", PieceKind.Document) { From = RequiredFrom.Completed }]), "as agreed", 0, system, Ct);
            await services.GetRequiredService<SetProcedure>().RunAsync("r1", ProcedurePresets.Find("plain")!, "as agreed", 0, system, Ct);
            var (reporter, office) = (await AccessAsync(db, "reporter"), await AccessAsync(db, "office"));
            using var content = new MemoryStream("report"u8.ToArray());
            var upload = (await services.GetRequiredService<Uploads>().ReceiveAsync(content, content.Length, "report.txt", reporter.Actor, Ct)).Id;
            var proof = await services.GetRequiredService<AddEvidence>().RunAsync([task], new("Report", PieceKind.Document), upload, reporter, Ct);
            closure = await services.GetRequiredService<BeginClosure>().RunAsync(task, null, reporter, Ct);
            var one = await new ClosureReading(db).ReadAsync(await db.ClosuresFor(ClosureReading.Room).AsNoTracking().SingleAsync(Ct), Ct);
            var declaration = Declaration.Empty.For(one.Item, one.Measures);
            DeclaredPart Answered(DeclaredPart part) => part with { On = today, Result = "It was done.", Evidence = [proof] };
            await services.GetRequiredService<SaveDeclaration>().RunAsync(
                closure, declaration with { CompletedOn = today, Report = "All of it was done.", Measures = [.. declaration.Measures.Select(Answered)], Goals = [.. declaration.Goals.Select(Answered)], Evidence = [proof] }, 0, reporter, Ct);
            foreach (var by in new[] { reporter, reporter, office })
            {
                db.ChangeTracker.Clear();
                one = await new ClosureReading(db).ReadAsync(await db.ClosuresFor(ClosureReading.Room).AsNoTracking().SingleAsync(Ct), Ct);
                await services.GetRequiredService<TakeStep>().RunAsync(
                    closure, one.Closure.Version, new(today, "Agreed.") { Checks = one.Next!.Checklist ? [.. one.LinesOf(one.Next!).Select(line => new CheckedLine(line, CheckAnswer.Met))] : [], Fields = [.. (one.FormOf(one.Next!)?.Fields ?? []).Select(field => new FilledField(field.Name, "As it is."))] }, by, Ct);
            }
        });
    }

    public ValueTask DisposeAsync() => served.DisposeAsync();

    [Fact]
    public async Task Every_role_tries_every_act_and_a_stranger_objects_looks_up_the_decision_and_is_stopped_from_guessing()
    {
        using var office = await AsAsync("office");
        var clients = new Dictionary<string, HttpClient>();
        foreach (var role in Roles)
        {
            clients[role] = await AsAsync(role);
        }

        await EachIsRefusedAsync(clients, role => clients[role].PostAsJsonAsync("/api/programmes/r1/notices", new { closures = new[] { closure } }, Ct));
        using var made = await office.PostAsJsonAsync("/api/programmes/r1/notices", new { closures = new[] { closure } }, Ct);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetGuid();
        // Before anyone says who receives objections, the region would sign, which is an area: the page leads to where its signing name is set.
        var hint = (await OpenAsync(office, $"/notices/{id}")).QuerySelectorAll(".note").Single(note => note.TextContent.Contains("填写落款名称", StringComparison.Ordinal));
        Assert.NotNull(await OpenAsync(office, hint.QuerySelector("a[href$='/edit']")!.GetAttribute("href")!));
        var desk = new { desk = new { mark = "公示", receiver = "整改办", phone = "0991-555 0101", email = "", address = "", channel = "政府网站", online = true }, version = 0 };
        await EachIsRefusedAsync(clients, role => clients[role].PutAsJsonAsync("/api/programmes/r1/objection-desk", desk, Ct));
        Assert.Equal(HttpStatusCode.NoContent, (await office.PutAsJsonAsync("/api/programmes/r1/objection-desk", desk, Ct)).StatusCode);

        Assert.DoesNotContain("填写落款名称", (await OpenAsync(office, $"/notices/{id}")).Body!.TextContent, StringComparison.Ordinal);
        using var stranger = served.Client();
        stranger.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-CN");
        var address = (await ReadAsync(office, id)).GetProperty("publicId").GetGuid();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/public/notices/{address}", Ct)).StatusCode); // a draft is nobody's
        for (var draft = await ReadAsync(office, id); draft.GetProperty("contradictions").EnumerateArray().FirstOrDefault(one => one.GetProperty("overruled").ValueKind is JsonValueKind.Null) is { ValueKind: JsonValueKind.Object } doubt; draft = await ReadAsync(office, id))
        {
            var body = new { closure, tag = doubt.GetProperty("tag").GetString(), reason = "情况属实，已核对", version = draft.GetProperty("version").GetInt32() };
            await EachIsRefusedAsync(clients, role => clients[role].PostAsJsonAsync($"/api/notices/{id}/overrulings", body, Ct));
            Assert.Equal(HttpStatusCode.NoContent, (await office.PostAsJsonAsync($"/api/notices/{id}/overrulings", body, Ct)).StatusCode);
        }

        // What it says is the office's to write and to give up.
        var words = await ReadAsync(office, id);
        var text = new { title = words.GetProperty("title").GetString(), texts = words.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("text")).ToArray(), version = words.GetProperty("version").GetInt32() };
        await EachIsRefusedAsync(clients, role => clients[role].PutAsJsonAsync($"/api/notices/{id}", text, Ct));
        Assert.Equal(HttpStatusCode.NoContent, (await office.PutAsJsonAsync($"/api/notices/{id}", text, Ct)).StatusCode);
        await EachIsRefusedAsync(clients, role => clients[role].PostAsJsonAsync($"/api/notices/{id}/dropping", new { text.version }, Ct));
        foreach (var path in new[] { $"/notices/{id}/text", $"/notices/{id}/publication" })
        {
            await EachIsRefusedAsync(clients, role => clients[role].GetAsync(path, Ct));
            Assert.NotNull(await OpenAsync(office, path));
        }

        // Publishing signs: without the password nobody does it, and a wrong one changes nothing.
        var version = (await ReadAsync(office, id)).GetProperty("version").GetInt32();
        foreach (var (password, status) in new[] { ((string?)null, HttpStatusCode.BadRequest), ("not it, not it", HttpStatusCode.UnprocessableEntity) })
        {
            Assert.Equal(status, (await office.PostAsJsonAsync($"/api/notices/{id}/publication", new { channel = "政府网站", version, password }, Ct)).StatusCode);
            Assert.Equal(("Draft", version), ((await ReadAsync(office, id)).GetProperty("state").GetString(), (await ReadAsync(office, id)).GetProperty("version").GetInt32()));
        }

        var publication = new { channel = "政府网站", version, password = Password };
        await EachIsRefusedAsync(clients, role => clients[role].PostAsJsonAsync($"/api/notices/{id}/publication", publication, Ct));
        Assert.Equal(HttpStatusCode.OK, (await office.PostAsJsonAsync($"/api/notices/{id}/publication", publication, Ct)).StatusCode);

        // Its evidence, its end and what comes by post are the office's; to read it is for whoever reads the item.
        await EachIsRefusedAsync(clients, role => clients[role].PostAsJsonAsync($"/api/notices/{id}/evidence", new { piece = Guid.CreateVersion7() }, Ct));
        await EachIsRefusedAsync(clients, role => clients[role].PostAsJsonAsync($"/api/notices/{id}/end", new { password = Password }, Ct));
        Assert.Equal(HttpStatusCode.Conflict, (await office.PostAsJsonAsync($"/api/notices/{id}/end", new { password = Password }, Ct)).StatusCode); // its days are not over
        var letter = new { means = "Post", kind = "Other", text = "x", datedOn = today, receivedOn = today };
        await EachIsRefusedAsync(clients, role => clients[role].PostAsJsonAsync($"/api/notices/{id}/objections", letter, Ct));
        await EachIsRefusedAsync(clients, role => clients[role].GetAsync($"/notices/{id}/objections/new", Ct));
        foreach (var path in new[] { "/p/r1/notices", $"/notices/{id}", $"/notices/{id}/file.pdf", $"/notices/{id}/file.docx", "/api/programmes/r1/notices", $"/api/notices/{id}", "/api/programmes/r1/objection-desk" })
        {
            foreach (var role in Roles)
            {
                using var answer = await clients[role].GetAsync(path, Ct);
                Assert.Equal((role, path, role is "neighbour" or "administrator" ? HttpStatusCode.NotFound : HttpStatusCode.OK), (role, path, answer.StatusCode));
            }
        }

        // What was published is read without an account and without scripts; nothing inside is.
        var page = await OpenAsync(stranger, $"/public/notices/{address}");
        Assert.Contains("整改办", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(7, page.QuerySelectorAll(".when li").Length);
        Assert.Empty(page.QuerySelectorAll("script:not([src]), style, [style]"));
        using (var paper = DocumentFormat.OpenXml.Packaging.WordprocessingDocument.Open(new MemoryStream(await stranger.GetByteArrayAsync($"/public/notices/{address}/notice.docx", Ct)), isEditable: false))
        {
            Assert.EndsWith(new Uri(stranger.BaseAddress!, $"/public/notices/{address}").AbsoluteUri, paper.MainDocumentPart!.Document!.Body!.InnerText, StringComparison.Ordinal); // the code on paper leads back to the page
            Assert.Single(paper.MainDocumentPart.ImageParts);
        }

        Assert.Equal(HttpStatusCode.Redirect, (await stranger.GetAsync($"/notices/{id}", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync($"/api/notices/{id}/objections", Ct)).StatusCode);

        // A program is no attachment, whatever it is called; a picture is.
        var form = await OpenAsync(stranger, $"/public/notices/{address}/objection");
        var refused = await SendAsync(stranger, form, address, "MZ\0 this is a program"u8.ToArray());
        Assert.Contains("照片", refused.QuerySelector(".errs")!.TextContent, StringComparison.Ordinal);
        var taken = await SendAsync(stranger, form, address, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3]);
        var code = taken.QuerySelector("#code")!.TextContent;
        page = await OpenAsync(stranger, $"/public/notices/{address}");
        Assert.DoesNotContain("魏青山", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("沟还是黑的", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.Contains("暂停", page.QuerySelector(".note")!.TextContent, StringComparison.Ordinal);

        // Only the office reads it, and who sent it only when it asks.
        await EachIsRefusedAsync(clients, role => clients[role].GetAsync($"/api/notices/{id}/objections", Ct));
        var objection = (await office.GetFromJsonAsync<JsonElement>($"/api/notices/{id}/objections", Ct))[0];
        Assert.Equal("沟还是黑的", objection.GetProperty("text").GetString());
        var of = objection.GetProperty("id").GetGuid();
        await EachIsRefusedAsync(clients, role => clients[role].PostAsJsonAsync($"/api/objections/{of}/objector", new { }, Ct));
        await EachIsRefusedAsync(clients, role => clients[role].GetAsync($"/objections/{of}", Ct));
        var inside = await OpenAsync(office, $"/objections/{of}");
        Assert.DoesNotContain("魏青山", inside.DocumentElement.OuterHtml, StringComparison.Ordinal);
        var link = inside.QuerySelector("a[download]")!.GetAttribute("href")!;
        await EachIsRefusedAsync(clients, role => clients[role].GetAsync(link, Ct));
        await EachIsRefusedAsync(clients, role => clients[role].GetAsync($"/objections/{of}/decision.docx", Ct));
        using var file = await office.GetAsync(link, Ct);
        Assert.Equal(("application/octet-stream", "attachment"), (file.Content.Headers.ContentType!.MediaType, file.Content.Headers.ContentDisposition!.DispositionType));
        using var who = await office.PostAsJsonAsync($"/api/objections/{of}/objector", new { }, Ct);
        Assert.Contains("魏青山", await who.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        var decision = new { outcome = "Upheld", reasons = "现场核查属实", answer = "已退回整改", on = today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), sendBack = false, version = 0 };
        await EachIsRefusedAsync(clients, role => clients[role].PostAsJsonAsync($"/api/objections/{of}/decision", decision, Ct));
        Assert.Equal(HttpStatusCode.NoContent, (await office.PostAsJsonAsync($"/api/objections/{of}/decision", decision, Ct)).StatusCode);
        Assert.Equal("Stopped", (await ReadAsync(office, id)).GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.OK, (await office.GetAsync($"/objections/{of}/decision.docx", Ct)).StatusCode);

        // What is over says so, takes nothing more, and leads on.
        page = await OpenAsync(stranger, $"/public/notices/{address}");
        Assert.Contains("不再受理", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("a[href$='/objection']"));
        Assert.DoesNotContain("公示期：", (await OpenAsync(stranger, $"/public/notices/{address}?lang=en")).QuerySelector(".note")!.TextContent, StringComparison.Ordinal);
        var over = (await OpenAsync(stranger, $"/public/notices/{address}/objection")).QuerySelector("main")!;
        Assert.Contains("不再受理", over.TextContent, StringComparison.Ordinal);
        Assert.Null(over.QuerySelector("form"));
        Assert.NotNull((await OpenAsync(office, $"/notices/{id}/objections/new")).QuerySelector(".note-warn"));

        var brief = await LookUpAsync(stranger, "A-B-C");
        Assert.Contains("您填了3位", await brief.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        var state = await LookUpAsync(stranger, code);
        Assert.Contains("已退回整改", await state.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        var tries = new List<HttpStatusCode>();
        for (var i = 0; i < 5; i++)
        {
            using var guess = await LookUpAsync(stranger, ReceiptCode.Make());
            tries.Add(guess.StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, tries[^1]);

        // A notice's files cost work: whoever loads them without end is told to wait, and the page stays open to them.
        var papers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i => // all at once: of two windows one takes half of them
        {
            using var paper = await stranger.GetAsync($"/public/notices/{address}/notice.{(i % 2 == 0 ? "pdf" : "docx")}", Ct);
            Assert.Equal(paper.StatusCode is HttpStatusCode.TooManyRequests, paper.Headers.RetryAfter is not null);
            return paper.StatusCode;
        }));
        Assert.Equal(new[] { HttpStatusCode.OK, HttpStatusCode.TooManyRequests }, papers.Distinct().Order());
        Assert.NotNull(await OpenAsync(stranger, $"/public/notices/{address}"));
        foreach (var path in new[] { "/p/r1/notices", "/p/r1/notices/desk", $"/notices/{id}" })
        {
            Assert.NotNull(await OpenAsync(office, path));
        }
    }

    [Fact]
    public async Task What_a_notice_withholds_no_door_gives()
    {
        using var office = await AsAsync("office");
        using var leader = await AsAsync("leader");
        using var stranger = served.Client();
        await served.InAsync(async services => await services.GetRequiredService<SetPublicProgramme>().RunAsync(
            "r1", new(true, "整改", "整改办", "", "", "CC BY 4.0", ""), 0, await AccessAsync(services.GetRequiredService<Db>(), "office"), Ct));
        using var desk = await office.PutAsJsonAsync("/api/programmes/r1/objection-desk", new { desk = new { mark = "公示", receiver = "整改办", phone = "0991-555 0101", email = "", address = "", channel = "政府网站", online = true }, version = 0 }, Ct);
        using var made = await office.PostAsJsonAsync("/api/programmes/r1/notices", new { closures = new[] { closure } }, Ct);
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetGuid();
        var draft = await ReadAsync(office, id);
        var part = draft.GetProperty("parts")[0].GetProperty("text").GetProperty("done").GetString();
        var masks = new List<object> { new { passage = "甲乙丙", reason = "Personal" } };
        object Text(IEnumerable<object>? hidden) => new { title = "关于甲乙丙的公示", texts = new[] { new { done = part, result = "甲乙丙、丁戊己都办完了。", next = "" } }, masks = hidden, version = draft.GetProperty("version").GetInt32() };
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await office.PutAsJsonAsync($"/api/notices/{id}", Text([.. masks, new { passage = "庚辛", reason = "Other" }]), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await office.PutAsJsonAsync($"/api/notices/{id}", Text(masks), Ct)).StatusCode);
        draft = await ReadAsync(office, id);
        Assert.Equal("甲乙丙", draft.GetProperty("masks")[0].GetProperty("passage").GetString());
        Assert.Empty((await ReadAsync(leader, id)).GetProperty("masks").EnumerateArray());

        // The form shows what is withheld, and saves it as it stands.
        var form = await OpenAsync(office, $"/notices/{id}/text");
        Assert.Equal("甲乙丙", form.QuerySelector("#mask-Personal")!.TextContent);
        for (; draft.GetProperty("contradictions").EnumerateArray().FirstOrDefault(one => one.GetProperty("overruled").ValueKind is JsonValueKind.Null) is { ValueKind: JsonValueKind.Object } doubt; draft = await ReadAsync(office, id))
        {
            using var overruled = await office.PostAsJsonAsync($"/api/notices/{id}/overrulings", new { closure, tag = doubt.GetProperty("tag").GetString(), reason = "情况属实，已核对", version = draft.GetProperty("version").GetInt32() }, Ct);
        }

        Assert.Equal(HttpStatusCode.Conflict, (await office.GetAsync($"/notices/{id}/masks", Ct)).StatusCode);
        using var published = await office.PostAsJsonAsync($"/api/notices/{id}/publication", new { channel = "政府网站", version = draft.GetProperty("version").GetInt32(), password = Password }, Ct);
        Assert.Equal(HttpStatusCode.OK, published.StatusCode);
        var address = draft.GetProperty("publicId").GetGuid();
        await DemandAsync("甲乙丙", shown: false);
        await DemandAsync("丁戊己", shown: true);

        // Later, by the page: only its office, after a look, and for good.
        foreach (var role in Roles)
        {
            using var client = await AsAsync(role);
            using var page = await client.GetAsync($"/notices/{id}/masks", Ct);
            using var act = await client.PostAsJsonAsync($"/api/notices/{id}/masks", new { masks = new[] { new { passage = "丁戊己", reason = "Other" } }, version = draft.GetProperty("version").GetInt32() + 1 }, Ct);
            Assert.All(new[] { page, act }, answer => Assert.True(answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{role}: {answer.StatusCode}"));
        }

        var preview = await PostAsync("preview");
        Assert.Contains(Masking.MarkOf(MaskReason.Other), preview.QuerySelectorAll(".masked").Select(mark => mark.TextContent));
        await DemandAsync("丁戊己", shown: true);
        await PostAsync("mask");
        await DemandAsync("甲乙丙", shown: false);
        await DemandAsync("丁戊己", shown: false);
        Assert.NotNull((await OpenAsync(stranger, $"/public/notices/{address}")).QuerySelector("#masked"));
        Assert.Contains("丁戊己", (await OpenAsync(office, $"/notices/{id}/masks")).QuerySelector("#before-1")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("甲乙丙", (await OpenAsync(office, $"/notices/{id}/masks")).QuerySelector("#before-1")!.TextContent, StringComparison.Ordinal);

        using (var paper = DocumentFormat.OpenXml.Packaging.WordprocessingDocument.Open(new MemoryStream(await stranger.GetByteArrayAsync($"/public/notices/{address}/notice.docx", Ct)), isEditable: false))
        {
            Assert.Contains("依法隐去", paper.MainDocumentPart!.Document!.Body!.InnerText, StringComparison.Ordinal);
        }

        // Kept and tagged as every public answer: whoever has it is told so.
        foreach (var path in new[] { $"/public/notices/{address}", $"/public/notices/{address}/notice.docx" })
        {
            using var first = await stranger.GetAsync(path, Ct);
            Assert.NotNull(first.Headers.ETag);
            using var again = new HttpRequestMessage(HttpMethod.Get, path);
            again.Headers.IfNoneMatch.Add(first.Headers.ETag);
            using var known = await stranger.SendAsync(again, Ct);
            Assert.Equal((path, HttpStatusCode.NotModified), (path, known.StatusCode));
        }

        // What one door withholds and another still gives, the office is told on both sides.
        var item = (await ReadAsync(office, id)).GetProperty("parts")[0].GetProperty("item").GetGuid();
        await PublishItemAsync(item, "甲乙丙的任务", []);
        Assert.Single((await OpenAsync(office, $"/notices/{id}")).QuerySelectorAll("#elsewhere a"));
        Assert.DoesNotContain("甲乙丙", (await OpenAsync(stranger, $"/public/notices/{address}")).Body!.TextContent, StringComparison.Ordinal); // not in the link to the item's page either
        await PublishItemAsync(item, "甲乙丙的任务", [new("甲乙丙", MaskReason.Personal)], "更正");
        Assert.Null((await OpenAsync(office, $"/notices/{id}")).QuerySelector("#elsewhere"));
        Assert.Null((await OpenAsync(office, $"/items/{item}/publication")).QuerySelector("#saying"));
        await PublishItemAsync(item, "整改的任务", [new("整改", MaskReason.Other)], "更正");
        Assert.Single((await OpenAsync(office, $"/items/{item}/publication")).QuerySelectorAll("#saying a"));

        Task PublishItemAsync(Guid one, string title, IReadOnlyList<Mask> hidden, string remark = "") => served.InAsync(async services =>
        {
            var (db, by) = (services.GetRequiredService<Db>(), await AccessAsync(services.GetRequiredService<Db>(), "office"));
            var choice = new PublicationChoice(title, [], hidden, "", "", [], remark);
            var seen = (await PublicationDraft.MakeAsync(db, one, choice, by, today, Ct)).Hash;
            await services.GetRequiredService<PublishItem>().RunAsync(one, choice, seen, by, Ct);
        });

        async Task<IHtmlDocument> PostAsync(string act)
        {
            var page = await OpenAsync(office, $"/notices/{id}/masks");
            using var answer = await office.PostAsync(
                $"/notices/{id}/masks", new FormUrlEncodedContent(Hidden(page, "masks").Concat([("mask-Other", "丁戊己"), ("act", act)]).Select(field => new KeyValuePair<string, string>(field.Item1, field.Item2))), Ct);
            return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Ct));
        }

        async Task DemandAsync(string passage, bool shown)
        {
            var read = new Dictionary<string, string>();
            foreach (var path in new[] { $"/public/notices/{address}", $"/public/notices/{address}/objection", "/public", "/public/r1", "/public/r1/notices", "/public/r1/notices.atom", "/public/sitemap.xml", "/public/r1/items?q=" + Uri.EscapeDataString(passage) })
            {
                using var answer = await stranger.GetAsync(path, Ct);
                Assert.Equal((path, HttpStatusCode.OK), (path, answer.StatusCode));
                read[path] = (await answer.Content.ReadAsStringAsync(Ct)).Replace($"value=\"{passage}\"", "", StringComparison.Ordinal);
            }

            foreach (var kind in new[] { "docx", "pdf" })
            {
                using var answer = await stranger.GetAsync($"/public/notices/{address}/notice.{kind}", Ct);
                var bytes = await answer.Content.ReadAsByteArrayAsync(Ct);
                read[$".{kind} name"] = Uri.UnescapeDataString(answer.Content.Headers.ContentDisposition!.ToString());
                read[$".{kind}"] = kind == "pdf" ? await PdfText.ReadAsync(bytes) : Word(bytes);
            }

            Assert.Equal((passage, shown), (passage, read.Any(door => door.Value.Contains(passage, StringComparison.Ordinal))));
        }

        static string Word(byte[] bytes)
        {
            using var paper = DocumentFormat.OpenXml.Packaging.WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);
            return paper.MainDocumentPart!.Document!.InnerText + paper.PackageProperties.Title;
        }
    }

    private static async Task EachIsRefusedAsync(Dictionary<string, HttpClient> clients, Func<string, Task<HttpResponseMessage>> act)
    {
        foreach (var role in clients.Keys)
        {
            using var answer = await act(role);
            Assert.True(answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{role}: {answer.StatusCode} {answer.RequestMessage!.RequestUri}");
        }
    }

    private static Task<JsonElement> ReadAsync(HttpClient client, Guid id) => client.GetFromJsonAsync<JsonElement>($"/api/notices/{id}", Ct);

    private static async Task<IHtmlDocument> SendAsync(HttpClient stranger, IHtmlDocument page, Guid address, byte[] file)
    {
        using var body = new MultipartFormDataContent { { new ByteArrayContent(file), "files", "照片.png" } };
        foreach (var (name, value) in Hidden(page, "objection").Concat([("kind", "NotDone"), ("text", "沟还是黑的"), ("place", ""), ("name", "魏青山"), ("contact", "13900000001")]))
        {
            body.Add(new StringContent(value, Encoding.UTF8), name);
        }

        using var answer = await stranger.PostAsync($"/public/notices/{address}/objection", body, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Ct));
    }

    private static async Task<HttpResponseMessage> LookUpAsync(HttpClient stranger, string code) => await stranger.PostAsync(
        "/public/objections", new FormUrlEncodedContent(Hidden(await OpenAsync(stranger, "/public/objections"), "state").Append(("code", code)).Select(field => new KeyValuePair<string, string>(field.Item1, field.Item2))), Ct);

    private static IEnumerable<(string, string)> Hidden(IHtmlDocument page, string handler) =>
        page.QuerySelectorAll("form").First(form => form.QuerySelector("input[name=_handler]")?.GetAttribute("value") == handler)
            .QuerySelectorAll("input[type=hidden]").Select(input => (input.GetAttribute("name")!, input.GetAttribute("value") ?? ""));

    private async Task<Access> AccessAsync(Db db, string name) => await Reader.AccessOf(db, (await db.Accounts().AsNoTracking().SingleAsync(one => one.UserName == name, Ct)).Actor, today, Ct);

    private async Task<HttpClient> AsAsync(string name)
    {
        var client = served.Client();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-CN");
        (await ServedProduct.SignInAsync(client, name, Password)).Dispose();
        return client;
    }

    private static async Task<IHtmlDocument> OpenAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Ct);
        Assert.Equal((path, HttpStatusCode.OK), (path, answer.StatusCode));
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Ct));
    }
}
