using System.Net.Http.Headers;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Rectify.LookBacks;
using Rectify.Notices;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Portal;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Closure;

public sealed partial class ClosingRefusalsTests
{
    private async Task NoticesAsync(Guid closure, Guid second, Guid late)
    {
        const string Notices = "/api/programmes/r1/notices";
        var today = Day();
        await NoAsync("closure.no-notice", "office", "POST", Notices, new { closures = new[] { await ClosureOfAsync(server.Task(8)) } });
        await NoAsync("closure.notice-alone", "office", "POST", Notices, new { closures = new[] { closure, second } });
        await NoAsync("public-notice.not-found", "office", "GET", $"/api/notices/{Guid.CreateVersion7()}");
        var notice = await DraftAsync(closure);
        var draft = await server.ReadAsync($"/api/notices/{notice}");
        var version = draft.GetProperty("version").GetInt32();
        object Change(string title, object[]? receivers = null, string? result = null) => new
        {
            title,
            texts = draft.GetProperty("parts").EnumerateArray().Select(part => result is null ? (object)part.GetProperty("text") : new { done = "", result, next = "" }).ToArray(),
            version,
            receivers,
        };
        await NoAsync("notice.drafted", "office", "POST", Notices, new { closures = new[] { closure } });
        await NoAsync("notice.title", "office", "PUT", $"/api/notices/{notice}", Change(""));
        await NoAsync("notice.text", "office", "PUT", $"/api/notices/{notice}", Change("x", result: ""));
        await NoAsync("notice.receivers", "office", "PUT", $"/api/notices/{notice}", Change("x", [Guid.CreateVersion7()]));
        await NoAsync("notice.not-published", "office", "POST", $"/api/notices/{notice}/masks", new { masks = new[] { new { passage = "x", reason = "Personal" } }, version });
        await NoAsync("notice.not-running", "office", "POST", $"/api/notices/{notice}/end", new { password = Password });
        await NoAsync("notice.evidence", "office", "POST", $"/api/notices/{notice}/evidence", new { piece = Guid.CreateVersion7() });
        await NoAsync("notice.contradictions", "office", "POST", $"/api/notices/{notice}/publication", Publication("The site", version));
        await NoAsync("notice.no-contradiction", "office", "POST", $"/api/notices/{notice}/overrulings", new { closure, tag = "x", reason = "It holds.", version });
        var tag = draft.GetProperty("contradictions")[0].GetProperty("tag").GetString();
        await NoAsync("notice.overruling", "office", "POST", $"/api/notices/{notice}/overrulings", new { closure, tag, reason = "x", version });
        version = await OverruleAsync(notice, closure, Day(-1));
        await NoAsync("notice.backdated", "office", "POST", $"/api/notices/{notice}/publication", Publication("The site", version, Day(-1)));
        version = await OverruleAsync(notice, closure, today);
        await NoAsync("notice.desk", "office", "POST", $"/api/notices/{notice}/publication", Publication("The site", version));

        object Desk(string mark, string phone, int seen = 0) => new { desk = new { mark, receiver = "The office", phone, email = "", address = "", channel = "", online = true }, version = seen };
        const string TheDesk = "/api/programmes/r1/objection-desk";
        await NoAsync("notice.desk-reach", "office", "PUT", TheDesk, Desk("x", ""));
        await NoAsync("notice.desk-text", "office", "PUT", TheDesk, Desk(new('x', 21), "1"));
        await NoAsync("notice.office", "bureau", "PUT", TheDesk, Desk("x", "1"));
        await YesAsync("office", "PUT", TheDesk, Desk("x", "1"));
        await NoAsync("closure.channel", "office", "POST", $"/api/notices/{notice}/publication", Publication(" ", version));
        await YesAsync("office", "POST", $"/api/notices/{notice}/publication", Publication("The site", version));
        version = (await server.ReadAsync($"/api/notices/{notice}")).GetProperty("version").GetInt32();
        await NoAsync("notice.published", "office", "PUT", $"/api/notices/{notice}", Change("x"));
        await NoAsync("notice.stands", "office", "POST", $"/api/notices/{notice}/end", new { password = Password });
        await NoAsync("notice.no-masks", "office", "POST", $"/api/notices/{notice}/masks", new { masks = Array.Empty<object>(), version });
        var proof = (await server.ReadAsync($"/api/closures/{closure}")).GetProperty("declaration").GetProperty("evidence")[0].GetGuid();
        await YesAsync("office", "POST", $"/api/notices/{notice}/evidence", new { piece = proof });
        await NoAsync("notice.proved", "office", "POST", $"/api/notices/{notice}/evidence", new { piece = proof });

        await ObjectionsAsync(notice);

        // Of an item that is closed already nothing goes back.
        var told = await DraftAsync(late);
        await YesAsync("office", "POST", $"/api/notices/{told}/publication", Publication("The site", await OverruleAsync(told, late, today)));
        await YesAsync("office", "POST", $"/api/notices/{told}/objections", Letter());
        await NoAsync("objection.item-closed", "office", "POST", $"/api/objections/{await ObjectionAsync(told)}/decision", Decision("Upheld"));
    }

    private async Task ObjectionsAsync(Guid notice)
    {
        await NoAsync("objection.dates", "office", "POST", $"/api/notices/{notice}/objections", Letter(received: 1));
        await NoAsync("objection.text", "office", "POST", $"/api/notices/{notice}/objections", Letter(text: " "));
        await NoAsync("objection.name-long", "office", "POST", $"/api/notices/{notice}/objections", Letter(name: new('x', 51)));
        await NoAsync("objection.not-found", "office", "POST", $"/api/objections/{Guid.CreateVersion7()}/decision", Decision("NotUpheld"));
        await YesAsync("office", "POST", $"/api/notices/{notice}/objections", Letter());
        var objection = await ObjectionAsync(notice);
        await NoAsync("notice.objection-open", "office", "POST", $"/api/notices/{notice}/end", new { password = Password });
        await NoAsync("objection.open", "office", "GET", $"/objections/{objection}/decision.pdf");
        await NoAsync("objection.answer", "office", "POST", $"/api/objections/{objection}/decision", Decision("NotUpheld", answer: " "));
        await NoAsync("objection.day", "office", "POST", $"/api/objections/{objection}/decision", Decision("NotUpheld", on: 1));
        await server.World.InAsync((Db db) => db.Objections().Where(one => one.Id == objection).ExecuteUpdateAsync(set => set.SetProperty(one => one.Sealed, "sealed by another key"), Ct));
        await NoAsync("objection.key-lost", "office", "POST", $"/api/objections/{objection}/objector");
        await YesAsync("office", "POST", $"/api/objections/{objection}/decision", Decision("NotUpheld"));
        await NoAsync("objection.settled", "office", "POST", $"/api/objections/{objection}/decision", Decision("NotUpheld", version: 1));

        // Anybody, without an account and without scripts: the page says it in words.
        var page = $"/public/notices/{(await server.ReadAsync($"/api/notices/{notice}")).GetProperty("publicId").GetGuid()}/objection";
        (string, string)[] whole = [("kind", "NotDone"), ("text", "The ditch is black."), ("name", "Somebody"), ("contact", "a@b.example")];
        var picture = new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1 };
        await SaysAsync("objection.name", page, "objection", [.. whole[..2]]);
        await SaysAsync("objection.name-long", page, "objection", [.. whole[..3], ("contact", new('x', 101))]);
        await SaysAsync("objection.text", page, "objection", [whole[0], ("text", " "), .. whole[2..]]);
        await SaysAsync("objection.files", page, "objection", whole, [.. Enumerable.Repeat(picture, ReceiveObjection.MostFiles + 1)], [ReceiveObjection.MostFiles, ReceiveObjection.LargestMiB]);
        await SaysAsync("objection.file-type", page, "objection", whole, ["MZ and so on"u8.ToArray()]);
        var key = await PostAsync(page, "objection", whole, [picture]);
        Assert.Contains(Words.In(Language.Default)["objection.taken"], key.Said, StringComparison.Ordinal);
        await SaysAsync("objection.sent", page, "objection", [.. whole, ("key", key.Key)]);
    }

    private async Task PublicAsync()
    {
        Task SetAsync(string code, string title = "In public", string host = "", string planText = "", string licence = "CC BY 4.0", int? planNo = null) => NoAsync(
            code, "office", "PUT", "/api/programmes/r1/public", new { settings = new { open = true, title, host, hotline = "", planText, licence, licenceUrl = "", planNo }, version = 0 });
        await SetAsync("portal.title", title: " ");
        await SetAsync("portal.long", host: new('x', 201));
        await SetAsync("portal.licence", licence: "");
        await SetAsync("portal.plan", planText: "A plan.", planNo: 99);
        await YesAsync("office", "PUT", "/api/programmes/r1/public", new { settings = new { open = true, title = "In public", host = "", hotline = "", planText = "", licence = "CC BY 4.0", licenceUrl = "" }, version = 0 });

        var item = server.Task(18);
        var at = $"/api/items/{item}/publication";
        object Choice(string title = "x", string followUp = "", string remark = "") => new { title, fields = new[] { "Problem" }, masks = Array.Empty<object>(), followUp, remark };
        await NoAsync("procedure.office", "county", "POST", $"{at}/preview", Choice());
        await NoAsync("portal.item-title", "office", "POST", $"{at}/preview", Choice(title: " "));
        await NoAsync("portal.item-long", "office", "POST", $"{at}/preview", Choice(followUp: new('x', 4_001)));
        await NoAsync("portal.kind", "office", "POST", $"/api/items/{server.Closing.Measures[0].Id}/publication/preview", Choice());
        await NoAsync("publication.not-found", "office", "POST", $"/api/items/{server.Task(19)}/publication/withdrawal", new { remark = "x" });
        await NoAsync("portal.moved-on", "office", "POST", at, new { choice = Choice(), seen = "x" });
        async Task<string?> HashAsync(object choice) => JsonDocument.Parse(await YesAsync("office", "POST", $"{at}/preview", choice)).RootElement.GetProperty("hash").GetString();
        await YesAsync("office", "POST", at, new { choice = Choice(), seen = await HashAsync(Choice()) });
        await NoAsync("portal.remark", "office", "POST", $"{at}/withdrawal", new { remark = " " });
        await YesAsync("office", "POST", $"{at}/withdrawal", new { remark = "By mistake." });
        await NoAsync("portal.withdrawn", "office", "POST", $"{at}/withdrawal", new { remark = "x" });

        var (photo, letter) = (await server.PhotoAsync(item), await server.Closing.ProofAsync(server.World, item));
        Task PictureAsync(string code, Guid piece, string alt = "The bank", int width = 10) => NoAsync(
            code, "office", "POST", $"/api/items/{item}/public-pictures", new { piece, details = new { after = true, alt, boxes = new[] { new { x = 0, y = 0, width, height = 10 } } } });
        await PictureAsync("portal.picture", letter);
        await PictureAsync("portal.picture-text", photo, alt: " ");
        await PictureAsync("portal.boxes", photo, width: 1_001);

        const string Errors = "/public/r1/error";
        await SaysAsync("portal.report-text", Errors, "report", [("text", " ")]);
        await SaysAsync("portal.report-contact", Errors, "report", [("text", "Wrong."), ("contact", new('x', 201))]);
        await PostAsync(Errors, "report", [("text", "Wrong.")]);
        var report = (await server.ReadAsync("/api/programmes/r1/error-reports"))[0].GetProperty("id").GetGuid();
        var answer = $"/api/programmes/r1/error-reports/{report}/answer";
        await NoAsync("portal.answer", "office", "POST", answer, new { answer = " " });
        await NoAsync("error-report.not-found", "office", "POST", $"/api/programmes/r1/error-reports/{Guid.CreateVersion7()}/answer", new { answer = "x" });
        await YesAsync("office", "POST", answer, new { answer = "Mended." });
        await NoAsync("portal.report-answered", "office", "POST", answer, new { answer = "x" });
        await server.World.HaveAsync([.. Enumerable.Range(0, 1_000).Select(no => ErrorReport.Create(server.Closing.Programme.Id, null, $"{no}", "", server.World.Clock.GetUtcNow()))]);
        await SaysAsync("portal.reports-full", Errors, "report", [("text", "One more.")]);
    }

    private async Task LookBacksAsync()
    {
        const string Rules = "/api/programmes/r1/check-rules";
        await NoAsync("check-rules.months", "office", "PUT", Rules, new { months = 0, version = 0 });
        await NoAsync("check-rules.types", "office", "PUT", Rules, new { months = 3, version = 0, types = new[] { new { taskType = "", months = 3 } } });
        object Plan(string title = "x", int to = 90) => new { title, from = Day(), to = Day(to) };
        const string Plans = "/api/programmes/r1/lookbacks";
        await NoAsync("lookback.title", "office", "POST", Plans, Plan(" "));
        await NoAsync("lookback.period", "office", "POST", Plans, Plan(to: -1));
        await NoAsync("lookback.office", "leader", "POST", Plans, Plan());
        var (plan, other) = (await PlannedAsync(Plan("x")), await PlannedAsync(Plan("y")));

        object List(int each = 1, string source = "A number", int seedOn = 0, int dueOn = 30, string? commitment = null, int? aspect = null) => new { each, source, seedOn = Day(seedOn), dueOn = Day(dueOn), commitment, aspect };
        var draws = $"/api/lookbacks/{plan}/draws";
        await NoAsync("lookback.not-found", "office", "POST", $"/api/lookbacks/{Guid.CreateVersion7()}/draws", List());
        await NoAsync("draw.empty", "office", "POST", draws, List(aspect: 99));
        await NoAsync("draw.each", "office", "POST", draws, List(each: 0));
        await NoAsync("draw.source", "office", "POST", draws, List(source: " "));
        await NoAsync("draw.commitment", "office", "POST", draws, List(commitment: "x"));
        await NoAsync("draw.day", "office", "POST", draws, List());
        await NoAsync("draw.due", "office", "POST", draws, List(seedOn: 2, dueOn: 1));
        var draw = JsonDocument.Parse(await YesAsync("office", "POST", draws, List(seedOn: 2))).RootElement.GetProperty("id").GetGuid();
        await NoAsync("draw.stands", "office", "POST", draws, List(seedOn: 2));
        await NoAsync("draw.same-list", "office", "POST", $"/api/lookbacks/{other}/draws", List(seedOn: 2));
        await NoAsync("draw.early", "office", "POST", $"/api/draws/{draw}/seed", new { seed = "2 5 8", version = 0 });
        await NoAsync("draw.not-found", "office", "GET", $"/api/draws/{Guid.CreateVersion7()}");
        await NoAsync("draw.reason", "office", "POST", $"/api/draws/{draw}/void", new { because = " ", version = 0 });
        await YesAsync("office", "POST", $"/api/draws/{draw}/void", new { because = "The day was wrong.", version = 0 });
        await NoAsync("draw.step", "office", "POST", $"/api/draws/{draw}/void", new { because = "x", version = 1 });
        draw = JsonDocument.Parse(await YesAsync("office", "POST", draws, List(commitment: Lot.Hex("3 5 8")))).RootElement.GetProperty("id").GetGuid();
        await NoAsync("draw.seed", "office", "POST", $"/api/draws/{draw}/seed", new { seed = " ", version = 0 });
        await NoAsync("draw.committed", "office", "POST", $"/api/draws/{draw}/seed", new { seed = "2 5 8", version = 0 });

        var (region, item, open) = (server.Closing.Units["R"].Id, server.Task(18), server.Task(8));
        Task ChooseAsync(string code, Guid[] items, int due = 30) => NoAsync(code, "office", "POST", $"/api/lookbacks/{other}/items", new { items, dueOn = Day(due) });
        await ChooseAsync("lookback.items", []);
        await ChooseAsync("lookback.due", [item], -1);
        await ChooseAsync("lookback.item", [open]);
        await YesAsync("office", "POST", $"/api/lookbacks/{other}/items", new { items = new[] { item }, dueOn = Day(30), unit = region });
        var check = (await server.ReadAsync($"/api/programmes/r1/checks?plan={other}"))[0].GetProperty("id").GetGuid();
        object Report(int on = 0, string place = "The bank", string opinion = "It holds.", params Guid[] evidence) => new { result = "Held", on = Day(on), place, opinion, evidence, version = 0 };
        var report = $"/api/checks/{check}/report";
        await NoAsync("check.not-found", "office", "GET", $"/api/checks/{Guid.CreateVersion7()}");
        await NoAsync("check.day", "office", "POST", report, Report(on: 1));
        await NoAsync("check.place", "office", "POST", report, Report(place: " "));
        await NoAsync("check.opinion", "office", "POST", report, Report(opinion: " "));
        await NoAsync("check.evidence", "office", "POST", report, Report(evidence: Guid.CreateVersion7()));
        await YesAsync("office", "POST", report, Report());
        await NoAsync("check.step", "office", "POST", report, Report());
        var review = $"/api/checks/{check}/review";
        await NoAsync("check.own", "office", "POST", review, new { version = 1, found = "Held", remarks = "" });
        await NoAsync("check.reviewer", "leader", "POST", review, new { version = 1, found = "Held", remarks = "" });
        await NoAsync("check.remarks", "office2", "POST", review, new { version = 1, remarks = " " });

        Task ReboundAsync(string code, Guid of, string reference = "X-1", string reason = "Black again.", int on = 0, Guid? by = null) => NoAsync(
            code, "office", "POST", $"/api/items/{of}/rebounds", new { source = by is null ? "Petition" : "Check", on = Day(on), reference, reason, check = by });
        await ReboundAsync("rebound.check", item, by: check);
        await ReboundAsync("rebound.reason", item, reason: " ");
        await ReboundAsync("rebound.reference", item, reference: " ");
        await ReboundAsync("rebound.day", item, on: -300);
        await ReboundAsync("rebound.not-closed", open);
    }

    private object Letter(string text = "The ditch is black.", string name = "Somebody", int received = 0) => new { means = "Hand", kind = "Other", text, datedOn = Day(received), receivedOn = Day(received), name, contact = "a@b.example" };

    private object Decision(string outcome, string answer = "It stays.", int on = 0, int version = 0) => new { outcome, reasons = "Seen on site.", answer, on = Day(on), version };

    private static object Publication(string channel, int version, string? from = null) => new { channel, version, from, password = Password };

    private async Task<Guid> ObjectionAsync(Guid notice) => (await server.ReadAsync($"/api/notices/{notice}/objections"))[0].GetProperty("id").GetGuid();

    private async Task<Guid> ClosureOfAsync(Guid item) => (await server.ReadAsync($"/api/items/{item}/closures"))[0].GetProperty("id").GetGuid();

    private async Task<Guid> DraftAsync(Guid closure) => JsonDocument.Parse(await YesAsync("office", "POST", "/api/programmes/r1/notices", new { closures = new[] { closure } })).RootElement.GetProperty("id").GetGuid();

    private async Task<Guid> PlannedAsync(object plan) => JsonDocument.Parse(await YesAsync("office", "POST", "/api/programmes/r1/lookbacks", plan)).RootElement.GetProperty("id").GetGuid();

    /// <summary>Says of every contradiction why it holds; the notice's version then.</summary>
    private async Task<int> OverruleAsync(Guid notice, Guid closure, string from)
    {
        for (; ; )
        {
            var draft = await server.ReadAsync($"/api/notices/{notice}?from={from}");
            var version = draft.GetProperty("version").GetInt32();
            if (draft.GetProperty("contradictions").EnumerateArray().FirstOrDefault(one => one.GetProperty("overruled").ValueKind is JsonValueKind.Null) is not { ValueKind: JsonValueKind.Object } doubt)
            {
                return version;
            }

            await YesAsync("office", "POST", $"/api/notices/{notice}/overrulings", new { closure, tag = doubt.GetProperty("tag").GetString(), reason = "It holds all the same.", version, from });
        }
    }

    private async Task<string> YesAsync(string who, string method, string path, object? body = null)
    {
        var (status, code, said) = await server.AskAsync(who, method, path, body);
        Assert.True(status is 200 or 201 or 204, $"{who} {method} {path}: {status} {code} {said}");
        return said;
    }

    /// <summary>Sends a form of a public page as a browser does, and finds the refusal's words on the page.</summary>
    private async Task SaysAsync(string code, string page, string form, (string, string)[] fields, byte[][]? files = null, object?[]? arguments = null)
    {
        var (said, _) = await PostAsync(page, form, fields, files);
        Answered(code, said.Contains(Words.In(Language.Default)[$"refusal.{code}", arguments ?? []], StringComparison.Ordinal), $"{page}: {said}");
    }

    private async Task<(string Said, string Key)> PostAsync(string page, string form, (string Name, string Value)[] fields, byte[][]? files = null)
    {
        var hidden = (await server.OpenAsync("stranger", page)).QuerySelectorAll("input[type=hidden]").Select(input => (Name: input.GetAttribute("name")!, Value: input.GetAttribute("value")!)).ToList();
        using var body = new MultipartFormDataContent();
        foreach (var (name, value) in hidden.Where(one => !fields.Any(field => field.Name == one.Name)).Append(("_handler", form)).DistinctBy(one => one.Item1).Concat(fields))
        {
            body.Add(new StringContent(value), name);
        }

        foreach (var (no, file) in (files ?? []).Index())
        {
            var part = new ByteArrayContent(file);
            part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            body.Add(part, "files", $"{no}.bin");
        }

        using var answer = await (await server.AsAsync("stranger")).PostAsync(page, body, Ct);
        Assert.True((int)answer.StatusCode is 200, $"{page}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Ct)}");
        return (new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Ct)).QuerySelector("main")!.TextContent, hidden.FirstOrDefault(one => one.Name == "key").Value ?? "");
    }
}
