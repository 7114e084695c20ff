using System.Globalization;
using System.Reflection;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Evidence;
using Rectify.LookBacks;
using Rectify.Notices;
using Rectify.Platform.Data;
using Rectify.Portal;
using Rectify.Tests.Evidence;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Closure;

/// <summary>
/// Every door of the rooms that close, publish and look back, tried over HTTP by every role: who may is written here by hand, from the rules, and whoever may not changes nothing. A door that
/// the product has and this list has not fails the test.
/// </summary>
public sealed class ClosingRightsTests
{
    private static readonly string[] Rooms = ["Rectify.Procedures", "Rectify.Closure", "Rectify.Notices", "Rectify.LookBacks", "Rectify.Portal"];

    // Who reads what C1 answers for: those whose unit stands at C1 or above it.
    private const string Readers = "office county bureau team leader archivist reader coffice";

    // Who reads the programme: its neighbour too, which answers for another task of it.
    private const string Programme = $"{Readers} other";

    private const string SignedIn = $"{Programme} admin ended";

    private const string All = $"{SignedIn} stranger";

    /// <param name="May">Who gets through.</param>
    /// <param name="Sees">Who sees what it is about: of the others, these are told that it is not theirs, and the rest that there is nothing.</param>
    /// <param name="Denied">What those are told who see it and may not.</param>
    /// <param name="Wrong">A body that is refused for what it says, to whoever may.</param>
    /// <param name="Code">What they are told then.</param>
    /// <param name="Good">A body that does it; none where the wrong one is all that is tried.</param>
    private sealed record Door(string Method, string Pattern, string Path, string May, string Sees, int Denied, Func<object?>? Wrong = null, string Code = "", Func<object?>? Good = null);

    private readonly List<Door> tried = [];
    private readonly List<string> wrong = [];
    private int sent;
    private ClosingServer server = null!;

    [Theory, EveryDatabase]
    public async Task Every_door_is_tried_by_every_role(string database)
    {
        Guid drafting = default, material = default, applied = default, accepting = default, stale = default, waiting = default, second = default, third = default, fourth = default, finished = default, photo = default;
        server = await ClosingServer.StartAsync(database, 11, async one =>
        {
            Func<int, Guid> task = one.Task;
            await one.World.InAsync((SetDesk set) => set.RunAsync(Closing.Code, new("\u516C\u793A", "The office", "0991-555 0101", "", "", "The government's site", true), 0, one.Closing.People["office"], Ct));
            finished = await one.HaveAtAsync(task(5), "nothing");
            drafting = await one.Closing.BeginAsync(one.World, task(6));
            material = await one.HaveAtAsync(task(7), "material");
            applied = await one.HaveAtAsync(task(8), "material");
            accepting = await one.HaveAtAsync(task(9), "accept");
            stale = await one.HaveAtAsync(task(10), "material");
            var piece = (await one.Closing.CaseAsync(one.World, stale)).Declaration.Evidence[0];
            var upload = await EvidenceTests.UploadAsync(one.World, one.Closing.People["county"], "another"u8.ToArray());
            await one.World.InAsync((AddEvidenceVersion add) => add.RunAsync(piece, upload, "one fewer", 1, one.Closing.People["county"], Ct));
            (waiting, second, third, fourth) = (await one.HaveAtAsync(task(11), "notice"), await one.HaveAtAsync(task(12), "notice"), await one.HaveAtAsync(task(13), "notice"), await one.HaveAtAsync(task(14), "notice"));
            photo = await one.PhotoAsync(task(11));
        });
        await using (server)
        {
            var today = Text(server.Today);
            Func<int, Guid> task = server.Task;
            async Task<int> VersionAsync(string path) => (await server.ReadAsync(path)).GetProperty("version").GetInt32();
            object Stated(string opinion) => new { on = today, opinion };

            // The procedure.
            await ReadsAsync("/api/closing-procedures/presets", null, SignedIn);
            await ReadsAsync("/api/programmes/{code}/closing-procedure", null, Programme);
            await ReadsAsync("/p/{Code}/closures/procedure", null, Programme);
            await ReadsAsync("/p/{Code}/closures/procedure/edit", null, "office", Programme);
            await ReadsAsync("/p/{Code}/closures/procedure/step", "/p/r1/closures/procedure/step?s=apply", "office", Programme);
            await WritesAsync("PUT", "/api/programmes/{code}/closing-procedure", null, "office", Programme, () => new { preset = "plain", reason = "x", seen = 7 }, "stale", () => new { preset = "shared-notice", reason = "x", seen = 1 });

            // Closings.
            await ReadsAsync("/api/programmes/{code}/closures", null, Programme);
            await ReadsAsync("/p/{Code}/closures", null, Programme);
            await ReadsAsync("/p/{code}/closures.xlsx", null, Programme);
            await ReadsAsync("/p/{Code}/closures/batch", "/p/r1/closures/batch?step=MaterialReview", Programme);
            await ReadsAsync("/api/items/{id:guid}/closures", $"/api/items/{task(5)}/closures", Readers);
            await ReadsAsync("/items/{Id:guid}/closing", $"/items/{task(5)}/closing", Readers);
            await ReadsAsync("/api/closures/{id:guid}", $"/api/closures/{finished}", Readers);
            await ReadsAsync("/closures/{Id:guid}", $"/closures/{finished}", Readers);
            await ReadsAsync("/closures/{Id:guid}/step", $"/closures/{material}/step", Readers);
            await ReadsAsync("/closures/{Id:guid}/renewal", $"/closures/{stale}/renewal", Readers);
            await ReadsAsync("/closures/{Id:guid}/return", $"/closures/{accepting}/return", Readers);
            await ReadsAsync("/closures/{Id:guid}/withdrawal", $"/closures/{applied}/withdrawal", Readers);
            await ReadsAsync("/closures/{Id:guid}/declaration", $"/closures/{drafting}/declaration", Readers);
            await ReadsAsync("/api/closures/{id:guid}/acts/{no:int}/content", $"/api/closures/{finished}/acts/1/content", Readers);
            await ReadsAsync("/closures/{id:guid}/{paper:regex(^(application|opinion|signoff|certificate)$)}.{ending:regex(^(docx|pdf)$)}", $"/closures/{finished}/certificate.docx", Readers);
            await ReadsAsync("/closures/{id:guid}/forms/{key}.{ending:regex(^(docx|pdf)$)}", $"/closures/{finished}/forms/apply.pdf", Readers);
            await WritesAsync("POST", "/api/items/{id:guid}/closures", $"/api/items/{task(1)}/closures", "county", Readers, () => new { unit = Guid.CreateVersion7() }, "closure.unit", () => new { });
            object Declared(string said) => new { declaration = new { outcome = "PutRight", completedOn = today, report = said, measures = Array.Empty<object>(), goals = Array.Empty<object>(), evidence = Array.Empty<Guid>() }, version = 0 };
            await WritesAsync(
                "PUT", "/api/closures/{id:guid}/declaration", $"/api/closures/{drafting}/declaration", "county", Readers, () => Declared(new('x', 20_001)), "closure.long", () => Declared("All of it."));
            var seen = await VersionAsync($"/api/closures/{material}");
            object Step(string opinion) => new { closures = new[] { new { closure = material, version = seen } }, stated = Stated(opinion), password = Password };
            await WritesAsync("POST", "/api/closures/steps", null, "bureau", Readers, () => Step(""), "closure.opinion", () => Step("Agreed."));
            seen = await VersionAsync($"/api/closures/{waiting}");
            await WritesAsync(
                "POST", "/api/closures/notices", null, "office", Readers, () => new { closures = new[] { new { closure = waiting, version = seen } }, channel = "x", stated = Stated("x"), password = Password }, "closure.obstacles");
            var back = await VersionAsync($"/api/closures/{accepting}");
            await WritesAsync("POST", "/api/closures/{id:guid}/return", $"/api/closures/{accepting}/return", "bureau", Readers, () => new { version = back, stated = Stated(" ") }, "closure.reasons", () => new { version = back, stated = Stated("Measure again.") });
            var taken = await VersionAsync($"/api/closures/{applied}");
            await WritesAsync("POST", "/api/closures/{id:guid}/withdrawal", $"/api/closures/{applied}/withdrawal", "county", Readers, () => new { version = taken, stated = Stated(" ") }, "closure.reasons", () => new { version = taken, stated = Stated("One report is missing.") });
            var renewed = await VersionAsync($"/api/closures/{stale}");
            object Renewal(string opinion) => new { version = renewed, effect = "None", stated = Stated(opinion), password = Password };
            await WritesAsync("POST", "/api/closures/{id:guid}/renewal", $"/api/closures/{stale}/renewal", "county", Readers, () => Renewal(" "), "closure.opinion", () => Renewal("It is the better list."));

            // Notices.
            const string Notices = "/api/programmes/{code}/notices";
            await ReadsAsync(Notices, null, Programme);
            await ReadsAsync("/p/{Code}/notices", null, Programme);
            await ReadsAsync("/api/programmes/{code}/objection-desk", null, Programme);
            await ReadsAsync("/p/{Code}/notices/desk", null, "office", Programme);
            object Desk(int version) => new { desk = new { mark = "\u516C\u793A", receiver = "The office", phone = "0991-555 0102", email = "", address = "", channel = "The site", online = true }, version };
            await WritesAsync("PUT", "/api/programmes/{code}/objection-desk", null, "office", Programme, () => Desk(7), "stale", () => Desk(1));
            await ReadsAsync("/api/programmes/{code}/objection-desks", null, Programme);
            await ReadsAsync("/p/{Code}/notices/desks", null, Programme);
            object UnitDesk(string receiver) => new { desk = new { receiver, phone = "0991-555 0103", email = "", address = "" }, version = 0 };
            await WritesAsync(
                "PUT", "/api/programmes/{code}/objection-desks/{unit:guid}", $"/api/programmes/r1/objection-desks/{server.Closing.Units["P"].Id}", "bureau office", Programme, () => UnitDesk(""), "notice.desk-text", () => UnitDesk("The bureau"));
            await WritesAsync("POST", Notices, null, "office", Readers, () => new { closures = new[] { waiting, second } }, "closure.notice-alone", () => new { closures = new[] { waiting } });
            var notice = (await server.ReadAsync("/api/programmes/r1/notices"))[0].GetProperty("id").GetGuid();
            await ReadsAsync("/api/notices/{id:guid}", $"/api/notices/{notice}", Readers);
            await ReadsAsync("/notices/{Id:guid}", $"/notices/{notice}", Readers);
            await ReadsAsync("/notices/{Id:guid}/text", $"/notices/{notice}/text", "office", Readers);
            await ReadsAsync("/notices/{Id:guid}/publication", $"/notices/{notice}/publication", "office", Readers);
            await ReadsAsync("/notices/{id:guid}/file.{kind:regex(^(docx|pdf)$)}", $"/notices/{notice}/file.pdf", Readers);
            var words = await server.ReadAsync($"/api/notices/{notice}");
            object Change(string title) => new { title, texts = words.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("text")).ToArray(), version = words.GetProperty("version").GetInt32() };
            await WritesAsync("PUT", "/api/notices/{id:guid}", $"/api/notices/{notice}", "office", Readers, () => Change(""), "notice.title", () => Change("A notice"));
            await WritesAsync("POST", "/api/notices/{id:guid}/evidence", $"/api/notices/{notice}/evidence", "office", Readers, () => new { piece = Guid.CreateVersion7() }, "notice.evidence", () => new { piece = photo });
            for (var first = true; (await server.ReadAsync($"/api/notices/{notice}")) is var draft && draft.GetProperty("contradictions").EnumerateArray().FirstOrDefault(one => one.GetProperty("overruled").ValueKind is JsonValueKind.Null) is var doubt && (first || doubt.ValueKind is JsonValueKind.Object); first = false)
            {
                var (tag, version) = (doubt.ValueKind is JsonValueKind.Object ? doubt.GetProperty("tag").GetString() : null, draft.GetProperty("version").GetInt32());
                await WritesAsync(
                    "POST", "/api/notices/{id:guid}/overrulings", $"/api/notices/{notice}/overrulings", "office", Readers, () => new { closure = waiting, tag = "x", reason = "It holds.", version }, "notice.no-contradiction",
                    tag is null ? null : () => new { closure = waiting, tag, reason = "It holds all the same.", version });
            }

            var publishing = await VersionAsync($"/api/notices/{notice}");
            object Publication(string channel) => new { channel, version = publishing, password = Password };
            await WritesAsync("POST", "/api/notices/{id:guid}/publication", $"/api/notices/{notice}/publication", "office", Readers, () => Publication(" "), "closure.channel", () => Publication("The government's site"));
            await WritesAsync("POST", "/api/notices/{id:guid}/end", $"/api/notices/{notice}/end", "office", Readers, () => new { password = Password }, "notice.stands");
            var dropped = await server.AskAsync("office", "POST", "/api/programmes/r1/notices", new { closures = new[] { second } });
            var draftOf = JsonDocument.Parse(dropped.Said).RootElement.GetProperty("id").GetGuid();
            await WritesAsync("POST", "/api/notices/{id:guid}/dropping", $"/api/notices/{draftOf}/dropping", "office", Readers, () => new { version = 7 }, "stale", () => new { version = 0 });
            var masking = await VersionAsync($"/api/notices/{notice}");
            object Masks(params object[] masks) => new { masks, version = masking };
            await ReadsAsync("/notices/{Id:guid}/masks", $"/notices/{notice}/masks", "office", Readers);
            await WritesAsync("POST", "/api/notices/{id:guid}/masks", $"/api/notices/{notice}/masks", "office", Readers, () => Masks(), "notice.no-masks", () => Masks(new { passage = "notice", reason = "Personal" }));

            // Objections: what is in them is the office's alone.
            await ReadsAsync("/api/notices/{id:guid}/objections", $"/api/notices/{notice}/objections", "office", Readers);
            await ReadsAsync("/notices/{Id:guid}/objections/new", $"/notices/{notice}/objections/new", "office", Readers);
            object Letter(string received) => new { means = "Hand", kind = "Other", text = "The ditch is black.", datedOn = today, receivedOn = received, name = "Somebody", contact = "a@b.example" };
            await WritesAsync("POST", "/api/notices/{id:guid}/objections", $"/api/notices/{notice}/objections", "office", Readers, () => Letter(Text(server.Today.AddDays(9))), "objection.dates", () => Letter(today));
            var objection = (await server.ReadAsync($"/api/notices/{notice}/objections"))[0].GetProperty("id").GetGuid();
            await server.Served.InAsync(async services =>
            {
                using var picture = new MemoryStream([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1]);
                await services.GetRequiredService<ReceiveObjection>().ByOfficeAsync(
                    notice, new(ObjectionMeans.Phone, ObjectionKind.Again, "It is black again.", "", null, server.Today), server.Today, [new(picture, picture.Length)], Guid.CreateVersion7(), server.Closing.People["office"], Ct);
            });
            var (attached, file) = await server.World.InAsync(async (Db db) => await db.ObjectionFiles().Select(one => new { one.ObjectionId, one.Id }).SingleAsync(Ct)) is var kept ? (kept.ObjectionId, kept.Id) : default;
            await ReadsAsync("/objections/{Objection:guid}", $"/objections/{objection}", "office", Readers);
            await ReadsAsync("/objections/{id:guid}/files/{file:guid}", $"/objections/{attached}/files/{file}", "office", Readers);
            await WritesAsync("POST", "/api/objections/{id:guid}/objector", $"/api/objections/{objection}/objector", "office", Readers, null, "", () => new { });
            object Decision(string answer) => new { outcome = "NotUpheld", reasons = "Seen on site.", answer, on = today, version = 0 };
            await WritesAsync("POST", "/api/objections/{id:guid}/decision", $"/api/objections/{objection}/decision", "office", Readers, () => Decision(""), "objection.answer", () => Decision("It is clean."));
            await ReadsAsync("/objections/{id:guid}/decision.{kind:regex(^(docx|pdf)$)}", $"/objections/{objection}/decision.pdf", "office", Readers);
            var address = (await server.ReadAsync($"/api/notices/{notice}")).GetProperty("publicId").GetGuid();
            await ReadsAsync("/public/notices/{Id:guid}", $"/public/notices/{address}", All);
            await ReadsAsync("/public/notices/{Id:guid}/objection", $"/public/notices/{address}/objection", All);
            await ReadsAsync("/public/notices/{id:guid}/notice.{kind:regex(^(docx|pdf)$)}", $"/public/notices/{address}/notice.docx", All);
            await ReadsAsync("/public/objections", null, All);

            // Upheld, the other one stops the notice: its pages say so to everybody.
            Assert.Equal(204, (await server.AskAsync("office", "POST", $"/api/objections/{attached}/decision", new { outcome = "Upheld", reasons = "Seen on site.", answer = "It goes back.", on = today, version = 0 })).Status);
            await ReadsAsync("/public/notices/{Id:guid}", $"/public/notices/{address}", All);
            await ReadsAsync("/public/notices/{Id:guid}/objection", $"/public/notices/{address}/objection", All);

            // Looking back. A check is for its unit, those above it and the programme's office; what comes of it is for a supervisor above or the office.
            await ReadsAsync("/api/programmes/{code}/check-rules", null, Programme);
            await ReadsAsync("/p/{Code}/lookbacks/rules", null, "office", Programme);
            await WritesAsync("PUT", "/api/programmes/{code}/check-rules", null, "office", Programme, () => new { months = 0, version = 0 }, "check-rules.months", () => new { months = 6, version = 0 });
            await ReadsAsync("/api/programmes/{code}/lookbacks", null, Programme);
            await ReadsAsync("/p/{Code}/lookbacks", null, Programme);
            await ReadsAsync("/p/{Code}/lookbacks/plans", null, Programme);
            object Plan(string title) => new { title, from = today, to = Text(server.Today.AddDays(90)) };
            await WritesAsync("POST", "/api/programmes/{code}/lookbacks", null, "office", Programme, () => Plan(""), "lookback.title", () => Plan("By hand"));
            var plan = (await server.ReadAsync("/api/programmes/r1/lookbacks"))[0].GetProperty("id").GetGuid();
            await ReadsAsync("/lookbacks/{Id:guid}", $"/lookbacks/{plan}", Programme);
            await ReadsAsync("/lookbacks/{Id:guid}/draw", $"/lookbacks/{plan}/draw", "office", Programme);
            object Draw(int each) => new { each, source = "A sealed number", seedOn = today, dueOn = Text(server.Today.AddDays(30)), commitment = Lot.Hex("3 5 8") };
            await WritesAsync("POST", "/api/lookbacks/{id:guid}/draws", $"/api/lookbacks/{plan}/draws", "office", Programme, () => Draw(0), "draw.each", () => Draw(1));
            var draw = await server.World.InAsync((Db db) => db.LookBackDrawsFor(server.Closing.People["office"]).Select(one => one.Id).SingleAsync(Ct));
            await ReadsAsync("/api/draws/{id:guid}", $"/api/draws/{draw}", Programme);
            await ReadsAsync("/draws/{Id:guid}", $"/draws/{draw}", Programme);
            await ReadsAsync("/draws/{id:guid}/list.txt", $"/draws/{draw}/list.txt", Programme);
            await WritesAsync("POST", "/api/draws/{id:guid}/seed", $"/api/draws/{draw}/seed", "office", Programme, () => new { seed = "2 5 8", version = 0 }, "draw.committed", () => new { seed = "3 5 8", version = 0 });
            await WritesAsync("POST", "/api/draws/{id:guid}/void", $"/api/draws/{draw}/void", "office", Programme, () => new { because = "", version = 1 }, "draw.reason", () => new { because = "The number was wrong.", version = 1 });
            await WritesAsync(
                "POST", "/api/lookbacks/{id:guid}/items", $"/api/lookbacks/{plan}/items", "office", Programme, () => new { items = Array.Empty<Guid>(), dueOn = today }, "lookback.items",
                () => new { items = new[] { task(5) }, dueOn = Text(server.Today.AddDays(30)) });
            await ReadsAsync("/api/programmes/{code}/checks", null, Programme);
            var check = (await server.ReadAsync($"/api/programmes/r1/checks?plan={plan}"))[0].GetProperty("id").GetGuid();
            await ReadsAsync("/api/checks/{id:guid}", $"/api/checks/{check}", Readers);
            await ReadsAsync("/checks/{Id:guid}", $"/checks/{check}", Readers);
            object Report(string opinion) => new { result = "Held", on = today, place = "The bank", opinion, version = 0 };
            await WritesAsync("POST", "/api/checks/{id:guid}/report", $"/api/checks/{check}/report", "county coffice", Readers, () => Report(""), "check.opinion", () => Report("It holds."), denied: 404);
            await WritesAsync("POST", "/api/checks/{id:guid}/review", $"/api/checks/{check}/review", "team office", Readers, () => new { version = 1, remarks = "" }, "check.remarks", () => new { version = 1, found = "Held", remarks = "" });
            await ReadsAsync("/api/items/{id:guid}/rebounds", $"/api/items/{task(5)}/rebounds", Readers);
            await ReadsAsync("/items/{Id:guid}/lookbacks", $"/items/{task(5)}/lookbacks", Readers);
            await ReadsAsync("/items/{Id:guid}/rebound", $"/items/{task(5)}/rebound", "office coffice", Readers);

            // What the public sees is the programme's office's to say.
            await ReadsAsync("/api/programmes/{code}/public", null, Programme);
            await ReadsAsync("/p/{Code}/public", null, Programme);
            await ReadsAsync("/p/{Code}/public/settings", null, "office", Programme);
            await ReadsAsync("/p/{Code}/public/errors", null, "office", Programme);
            object Settings(string title) => new { settings = new { open = true, title, host = "", hotline = "", planText = "", licence = "CC BY 4.0", licenceUrl = "" }, version = 0 };
            await WritesAsync("PUT", "/api/programmes/{code}/public", null, "office", Programme, () => Settings(""), "portal.title", () => Settings("In public"));
            await ReadsAsync("/items/{Id:guid}/publication", $"/items/{task(5)}/publication", "office", Readers);
            await ReadsAsync("/items/{Id:guid}/public-pictures", $"/items/{task(11)}/public-pictures", "office", Readers);
            await WritesAsync(
                "POST", "/api/items/{id:guid}/public-pictures", $"/api/items/{task(11)}/public-pictures", "office", Readers, () => new { piece = photo, details = new { after = true, alt = "" } }, "portal.picture-text",
                () => new { piece = photo, details = new { after = true, alt = "The bank" } });
            var name = await server.World.InAsync((Db db) => db.PublicPicturesFor(server.Closing.People["office"]).Select(one => one.Name).SingleAsync(Ct));
            await ReadsAsync("/items/{id:guid}/public-pictures/{name:length(32)}.webp", $"/items/{task(11)}/public-pictures/{name}.webp", Readers);
            object Choice(string title) => new { title, fields = new[] { "Problem", "Closing" }, masks = Array.Empty<object>() };
            await WritesAsync("POST", "/api/items/{id:guid}/publication/preview", $"/api/items/{task(5)}/publication/preview", "office", Readers, () => Choice(""), "portal.item-title", () => Choice("In public"), changes: false);
            var preview = await server.AskAsync("office", "POST", $"/api/items/{task(5)}/publication/preview", Choice("In public"));
            var hash = JsonDocument.Parse(preview.Said).RootElement.GetProperty("hash").GetString();
            await WritesAsync("POST", "/api/items/{id:guid}/publication", $"/api/items/{task(5)}/publication", "office", Readers, () => new { choice = Choice("In public"), seen = "x" }, "portal.moved-on", () => new { choice = Choice("In public"), seen = hash });
            await ReadsAsync("/api/items/{id:guid}/publication", $"/api/items/{task(5)}/publication", "office", Readers);
            await ReadsAsync("/api/programmes/{code}/publications", null, Programme);
            await ReadsAsync("/items/{Id:guid}/publication/withdrawal", $"/items/{task(5)}/publication/withdrawal", "office", Readers);
            var open = (await server.ReadAsync("/api/programmes/r1/publications"))[0].GetProperty("publicId").GetGuid();
            foreach (var (pattern, path) in new[]
            {
                ("/public", "/public"), ("/public/{Code}", "/public/r1"), ("/public/{Code}/items", "/public/r1/items?q=Task"), ("/public/{Code}/items/{Id:guid}", $"/public/r1/items/{open}"), ("/public/{Code}/items/{Id:guid}/verify", $"/public/r1/items/{open}/verify"), ("/public/{Code}/closures", "/public/r1/closures"),
                ("/public/{Code}/notices", "/public/r1/notices"), ("/public/{Code}/data", "/public/r1/data"), ("/public/{Code}/plan", null), ("/public/{Code}/error", "/public/r1/error"), ("/public/{Code}/items/{Id:guid}/error", $"/public/r1/items/{open}/error"),
                ("/public/{Code}/draws/{Id:guid}", $"/public/r1/draws/{draw}"), ("/public/{code}/draws/{id:guid}/list.txt", $"/public/r1/draws/{draw}/list.txt"), ("/public/answers", "/public/answers"), ("/public/check", "/public/check"),
                ("/public/check/verify.md", "/public/check/verify.md"), ("/public/{code}/closures.atom", "/public/r1/closures.atom"), ("/public/{code}/publications.atom", "/public/r1/publications.atom"), ("/public/{code}/notices.atom", "/public/r1/notices.atom"),
                ("/public/{code}/items/{id:guid}/changes.atom", $"/public/r1/items/{open}/changes.atom"), ("/public/{code}/items.csv", "/public/r1/items.csv"), ("/public/{code}/items.json", "/public/r1/items.json"), ("/public/data/schema.json", "/public/data/schema.json"), ("/public/sitemap.xml", "/public/sitemap.xml"),
                // Nothing is there to be read: no text of the plan, no picture that is shown, no journal that is published. Everybody is told the same.
                ("/public/{code}/items/{id:guid}/proof.zip", null), ("/public/{code}/items/{id:guid}/verify.svg", null), ("/public/pictures/{name:length(32)}.webp", null), ("/public/{**rest}", null),
            })
            {
                var bare = pattern.Replace("{Code}", "r1", StringComparison.OrdinalIgnoreCase).Replace("{id:guid}", $"{open}", StringComparison.OrdinalIgnoreCase).Replace("{name:length(32)}", name, StringComparison.Ordinal).Replace("{**rest}", "no/such/page", StringComparison.Ordinal);
                await ReadsAsync(pattern, path ?? bare, path is null ? "" : All, denied: 404);
            }

            await WritesAsync("POST", "/api/items/{id:guid}/publication/withdrawal", $"/api/items/{task(5)}/publication/withdrawal", "office", Readers, () => new { remark = "" }, "portal.remark", () => new { remark = "By mistake." });
            await server.Served.InAsync(async services => await services.GetRequiredService<ReportError>().RunAsync("r1", null, "Wrong.", "", Ct));
            await ReadsAsync("/api/programmes/{code}/error-reports", null, "office", Programme);
            var report = (await server.ReadAsync("/api/programmes/r1/error-reports"))[0].GetProperty("id").GetGuid();
            await WritesAsync(
                "POST", "/api/programmes/{code}/error-reports/{id:guid}/answer", $"/api/programmes/r1/error-reports/{report}/answer", "office", Programme, () => new { answer = "" }, "portal.answer", () => new { answer = "Mended." });
            await WritesAsync(
                "POST", "/api/items/{id:guid}/rebounds", $"/api/items/{task(5)}/rebounds", "office coffice", Readers, () => new { source = "Petition", on = today, reference = "X-1", reason = "" }, "rebound.reason",
                () => new { source = "Petition", on = today, reference = "X-1", reason = "Black water again." }, denied: 404);

            Assert.True(wrong.Count == 0, string.Join('\n', wrong));
            Assert.True(sent > 200, $"only {sent} forms were sent by whom they are not shown to");
            Assert.Equal(Doors(), tried.Select(door => $"{door.Method} {door.Pattern}").Distinct().Order(StringComparer.Ordinal));
            Assert.Empty(server.Served.Warnings);
        }
    }

    // Pages take forms by the same address: what may be done by them is tried by the acts of the API, which are the same commands, and what may not by sending them.
    private List<string> Doors() =>
    [
        .. (from endpoint in server.Served.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           let type = endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type ?? endpoint.Metadata.GetMetadata<MethodInfo>()?.DeclaringType
           where type?.Namespace is { } space && Rooms.Any(room => space == room || space.StartsWith($"{room}.", StringComparison.Ordinal))
           from method in endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null ? ["GET"] : endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           select $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}").Distinct().Order(StringComparer.Ordinal),
    ];

    private Task ReadsAsync(string pattern, string? path, string may, string? sees = null, int denied = 0) =>
        TryAsync(new("GET", pattern, path ?? pattern.Replace("{code}", "r1", StringComparison.OrdinalIgnoreCase), may, sees ?? may, denied), false);

    private Task WritesAsync(string method, string pattern, string? path, string may, string sees, Func<object?>? wrong, string code, Func<object?>? good = null, int denied = 403, bool changes = true) =>
        TryAsync(new(method, pattern, path ?? pattern.Replace("{code}", "r1", StringComparison.OrdinalIgnoreCase), may, sees, denied, wrong, code, good), changes);

    private async Task TryAsync(Door door, bool changes)
    {
        tried.Add(door);
        var before = await ActsAsync();
        var (may, sees) = (door.May.Split(' ', StringSplitOptions.RemoveEmptyEntries), door.Sees.Split(' '));
        var pages = new Dictionary<string, string>();
        foreach (var who in ClosingServer.Everybody.Except(may))
        {
            var (status, code, said) = await server.AskAsync(who, door.Method, door.Path, (door.Good ?? door.Wrong)?.Invoke());
            int[] expected = door.May.Length == 0 ? [404] : who is "stranger" ? [door.Path.StartsWith("/api/", StringComparison.Ordinal) ? 401 : 302] : !sees.Contains(who) ? [404] : door.Denied > 0 ? [door.Denied] : [403, 404];
            pages[who] = "";
            Assert.True(expected.Contains(status), $"{who} {door.Method} {door.Path}: {status} {code} {(door.Path.StartsWith("/api/", StringComparison.Ordinal) ? said : "")}");
        }

        foreach (var who in may)
        {
            var (status, code, said) = await server.AskAsync(who, door.Method, door.Path, door.Wrong?.Invoke());
            pages[who] = said;
            Assert.True(door.Wrong is not null ? code == door.Code : door.Method is not "GET" || status is 200, $"{who} {door.Method} {door.Path}: {status} {code} {(door.Path.StartsWith("/api/", StringComparison.Ordinal) ? said : "")}");
        }

        if (door.Method is "GET" && pages.Values.Any(page => page.StartsWith("<!DOCTYPE html>", StringComparison.Ordinal)))
        {
            await SendFormsAsync(door, pages);
        }

        Assert.True(door.Method is not "GET" && door.Wrong is null || before == await ActsAsync(), $"somebody changed something: {door.Method} {door.Path}");
        if (door.Good is { } good)
        {
            var (status, code, said) = await server.AskAsync(may[0], door.Method, door.Path, good());
            Assert.True(status is 200 or 201 or 204, $"{may[0]} {door.Method} {door.Path}: {status} {code} {said}");
            Assert.Equal((door.Path, changes), (door.Path, before < await ActsAsync()));
        }
    }

    // Whoever is not shown a form sends it all the same, as somebody who is shown it would: it is not there, or the page refuses it in words, and nothing changes.
    private async Task SendFormsAsync(Door door, Dictionary<string, string> pages)
    {
        var shown = pages.ToDictionary(page => page.Key, page => new HtmlParser().ParseDocument(page.Value).QuerySelectorAll("main form[method=post]").OfType<IHtmlFormElement>()
            .Select(form => (Handler: form.QuerySelector("input[name=_handler]")?.GetAttribute("value") ?? "", Form: form)).Where(form => form.Handler.Length > 0).ToList());
        foreach (var (handler, form) in shown.Values.SelectMany(forms => forms).DistinctBy(form => form.Handler))
        {
            (string, string)[] fields =
            [
                .. form.QuerySelectorAll("input[name], textarea[name], select[name], button[name]").Select(field => (field.GetAttribute("name")!, field switch
                {
                    IHtmlInputElement { Type: "password" } => Password,
                    IHtmlInputElement { Value.Length: > 0 } input => input.Value,
                    IHtmlInputElement { Type: "date" } => Text(server.Today),
                    IHtmlSelectElement { Value.Length: > 0 } choice => choice.Value,
                    IHtmlButtonElement button => button.Value,
                    _ => "It was written by somebody else.",
                })).DistinctBy(field => field.Item1),
            ];
            foreach (var who in ClosingServer.Everybody.Where(who => !shown[who].Exists(own => own.Handler == handler)))
            {
                var (status, location) = await server.SendAsync(who, door.Path, pages[who], fields);
                sent++;
                if (!(who is "stranger" ? status is 401 || location.Contains("/signin", StringComparison.Ordinal) : status is 200 or 400 or 403 or 404)) // a page that did what it was asked leads on
                {
                    wrong.Add($"{who} sends {handler} of {door.Path}: {status} {location}");
                }
            }
        }
    }

    // What people did, and not what the product does by itself.
    private async Task<int> ActsAsync() => (await server.World.InAsync((Db db) => db.Journal.Select(row => row.By).ToListAsync(Ct))).Count(by => !by.IsSystem);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
