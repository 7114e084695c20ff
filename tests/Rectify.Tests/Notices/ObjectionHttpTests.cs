using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using DocumentFormat.OpenXml.Packaging;
using Rectify.Notices;
using Rectify.Tests.Closure;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Notices;

/// <summary>A notice over HTTP after it went out: what shows where it stood, what comes by hand and by phone, what a form takes and how often, and the list that it carries.</summary>
public sealed class ObjectionHttpTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    private ClosingServer server = null!;
    private Guid notice;
    private Guid address;

    [Theory, EveryDatabase]
    public async Task What_comes_by_hand_and_by_phone_is_entered_a_screenshot_is_named_and_forms_are_limited_in_files_and_number(string database)
    {
        Guid closure = default, photo = default;
        server = await ClosingServer.StartAsync(database, 0, async one =>
        {
            await one.World.InAsync((SetDesk set) => set.RunAsync(Closing.Code, new("\u516C\u793A", "The office", "0991-555 0101", "", "", "The government's site", true), 0, one.Closing.People["office"], Ct));
            closure = await one.HaveAtAsync(one.Task(4), "notice");
            photo = await one.PhotoAsync(one.Task(4));
        }, limit: 7);
        await using (server)
        {
            await PublishAsync(closure);
            await ListsAsync();
            await ProvesAsync(photo);
            await EntersAsync();
            await LimitsAsync();
        }
    }

    // The two places of the task, one of them withheld, on the page and on paper.
    private async Task ListsAsync()
    {
        var page = await server.OpenAsync("stranger", $"/public/notices/{address}");
        var rows = page.QuerySelectorAll("#list + table tbody tr").Select(row => row.TextContent).ToList();
        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.Contains("Unit C1", row, StringComparison.Ordinal));
        Assert.Contains("Point 2 of", rows[1], StringComparison.Ordinal);
        Assert.DoesNotContain("Point 1 of", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        using var answer = await (await server.AsAsync("stranger")).GetAsync($"/public/notices/{address}/notice.docx", Ct);
        using var paper = WordprocessingDocument.Open(new MemoryStream(await answer.Content.ReadAsByteArrayAsync(Ct)), isEditable: false);
        var said = paper.MainDocumentPart!.Document!.Body!.InnerText;
        Assert.Contains("Point 2 of", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Point 1 of", said, StringComparison.Ordinal);
    }

    private async Task ProvesAsync(Guid photo)
    {
        Assert.Equal((422, "notice.evidence"), await ToldAsync($"/api/notices/{notice}/evidence", new { piece = Guid.CreateVersion7() }));
        Assert.Equal((204, ""), await ToldAsync($"/api/notices/{notice}/evidence", new { piece = photo }));
        Assert.Equal((409, "notice.proved"), await ToldAsync($"/api/notices/{notice}/evidence", new { piece = photo }));
        var page = await server.OpenAsync("office", $"/notices/{notice}");
        Assert.NotNull(page.QuerySelector($"#proofs + ul a[href='/evidence/{photo}']"));
        Assert.Contains("The government's site", page.Body!.TextContent, StringComparison.Ordinal); // and where it stands
    }

    private async Task EntersAsync()
    {
        object Of(string means, DateOnly dated, DateOnly received, string text = "The ditch is black.") => new { means, kind = "NotDone", text, datedOn = dated, receivedOn = received, name = "A villager", contact = "13900000001" };
        var (today, path) = (server.Today, $"/api/notices/{notice}/objections");
        Assert.Equal((422, "objection.dates"), await ToldAsync(path, Of("Phone", today, today.AddDays(1)))); // it has not come yet
        Assert.Equal((422, "objection.dates"), await ToldAsync(path, Of("Hand", today, today.AddDays(-1)))); // delivered after it was received
        Assert.Equal((422, "objection.text"), await ToldAsync(path, Of("Hand", today, today, new('x', 4_001))));
        Assert.Equal(400, (await ToldAsync(path, Of("Online", today, today))).Status);
        Assert.Equal("Open", await StateAsync());

        // Called the day before its first: it is dealt with, and stops no day.
        Assert.Equal(200, (await ToldAsync(path, Of("Phone", today.AddDays(-1), today))).Status);
        Assert.Equal("Open", await StateAsync());
        var delivered = await server.AskAsync("office", "POST", path, Of("Hand", today, today));
        Assert.Equal("Suspended", await StateAsync());

        // By the page, with what was handed over.
        var office = await server.AsAsync("office");
        var form = await server.OpenAsync("office", $"/notices/{notice}/objections/new");
        var entered = await PostAsync(office, $"/notices/{notice}/objections/new", form, [Png], ("means", "Hand"), ("dated", Text(today)), ("received", Text(today)), ("kind", "Again"), ("text", "It smells again."), ("place", ""), ("name", ""), ("contact", ""));
        Assert.Matches("^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$", entered.QuerySelector("#code")!.TextContent);
        var all = (await server.ReadAsync(path)).EnumerateArray().ToList();
        Assert.Equal([("Phone", false), ("Hand", true), ("Hand", true)], all.Select(one => (one.GetProperty("means").GetString()!, one.GetProperty("inTime").GetBoolean())));
        var inside = await server.OpenAsync("office", $"/objections/{all[2].GetProperty("id").GetGuid()}");
        Assert.Single(inside.QuerySelectorAll("a[download]"));

        // Each is answered, and whoever called is told by the code that was read out to them.
        foreach (var one in all)
        {
            Assert.Equal((204, ""), await ToldAsync($"/api/objections/{one.GetProperty("id").GetGuid()}/decision", new { outcome = "NotUpheld", reasons = "Looked at.", answer = "It was cleaned.", on = today, version = 0 }));
        }

        Assert.Equal("Open", await StateAsync());
        var stranger = await server.AsAsync("stranger");
        var state = await PostAsync(stranger, "/public/objections", await server.OpenAsync("stranger", "/public/objections"), [], ("code", JsonDocument.Parse(delivered.Said).RootElement.GetProperty("code").GetString()!));
        Assert.Contains("It was cleaned.", state.QuerySelector("#found")!.TextContent, StringComparison.Ordinal);
    }

    // Of seven things that may be sent in ten minutes one was a code.
    private async Task LimitsAsync()
    {
        var stranger = await server.AsAsync("stranger");
        var path = $"/public/notices/{address}/objection";
        var form = await server.OpenAsync("stranger", path);
        Task<IHtmlDocument> SendAsync(byte[][] files, string text = "The ditch is black.", string name = "A villager") =>
            PostAsync(stranger, path, form, files, ("kind", "NotDone"), ("text", text), ("place", ""), ("name", name), ("contact", "13900000001"));
        async Task RefusedAsync(string field, byte[][] files, string text = "The ditch is black.", string name = "A villager") =>
            Assert.NotNull((await SendAsync(files, text, name)).QuerySelector($".errs a[href='#{field}']"));
        await RefusedAsync("files", [.. Enumerable.Repeat(Png, ReceiveObjection.MostFiles + 1)]);
        await RefusedAsync("files", [[.. Png, .. new byte[ReceiveObjection.LargestMiB * 1_048_576]]]);
        await RefusedAsync("name", [], name: " ");
        await RefusedAsync("text", [], text: new('x', 4_001));
        Assert.Equal(3, (await server.ReadAsync($"/api/notices/{notice}/objections")).GetArrayLength()); // nothing of these was kept
        Assert.NotNull((await SendAsync([.. Enumerable.Repeat(Png, ReceiveObjection.MostFiles)])).QuerySelector("#code"));
        await RefusedAsync("text", []); // this form was sent already
        form = await server.OpenAsync("stranger", path);
        using var more = await stranger.PostAsync(path, Body(form, [], ("kind", "NotDone"), ("text", "Once more."), ("place", ""), ("name", "A villager"), ("contact", "13900000001")), Ct);
        Assert.Equal(HttpStatusCode.TooManyRequests, more.StatusCode);
        Assert.Equal(4, (await server.ReadAsync($"/api/notices/{notice}/objections")).GetArrayLength());
        Assert.Equal(200, (await server.AskAsync("stranger", "GET", path)).Status); // to read is not limited
    }

    private async Task PublishAsync(Guid closure)
    {
        var made = await server.AskAsync("office", "POST", "/api/programmes/r1/notices", new { closures = new[] { closure } });
        notice = JsonDocument.Parse(made.Said).RootElement.GetProperty("id").GetGuid();
        var draft = await server.ReadAsync($"/api/notices/{notice}");
        address = draft.GetProperty("publicId").GetGuid();
        var texts = draft.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("text")).ToArray();
        var saved = await server.AskAsync(
            "office", "PUT", $"/api/notices/{notice}", new { title = draft.GetProperty("title").GetString(), texts, masks = new[] { new { passage = "Point 1 of", reason = "Personal" } }, version = draft.GetProperty("version").GetInt32() });
        Assert.Equal((204, ""), (saved.Status, saved.Said));
        draft = await server.ReadAsync($"/api/notices/{notice}");
        foreach (var doubt in draft.GetProperty("contradictions").EnumerateArray())
        {
            var version = (await server.ReadAsync($"/api/notices/{notice}")).GetProperty("version").GetInt32();
            Assert.Equal((204, ""), await ToldAsync($"/api/notices/{notice}/overrulings", new { closure, tag = doubt.GetProperty("tag").GetString(), reason = "It holds.", version }));
        }

        var last = (await server.ReadAsync($"/api/notices/{notice}")).GetProperty("version").GetInt32();
        Assert.Equal((200, ""), await ToldAsync($"/api/notices/{notice}/publication", new { channel = "The government's site", version = last, password = Password }));
    }

    private async Task<(int Status, string Code)> ToldAsync(string path, object body)
    {
        var (status, code, _) = await server.AskAsync("office", "POST", path, body);
        return (status, code);
    }

    private async Task<string?> StateAsync() => (await server.ReadAsync($"/api/notices/{notice}")).GetProperty("state").GetString();

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static MultipartFormDataContent Body(IHtmlDocument form, byte[][] files, params (string, string)[] fields)
    {
        var body = new MultipartFormDataContent();
        foreach (var file in files)
        {
            body.Add(new ByteArrayContent(file), "files", "picture.png");
        }

        var hidden = form.QuerySelectorAll("form").First(one => one.QuerySelector("textarea, #code") is not null).QuerySelectorAll("input[type=hidden]").Select(input => (input.GetAttribute("name")!, input.GetAttribute("value") ?? ""));
        foreach (var (name, value) in hidden.Concat(fields))
        {
            body.Add(new StringContent(value, Encoding.UTF8), name);
        }

        return body;
    }

    private static async Task<IHtmlDocument> PostAsync(HttpClient client, string path, IHtmlDocument form, byte[][] files, params (string, string)[] fields)
    {
        using var body = Body(form, files, fields);
        using var answer = await client.PostAsync(path, body, Ct);
        Assert.Equal((path, HttpStatusCode.OK), (path, answer.StatusCode));
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Ct));
    }
}
