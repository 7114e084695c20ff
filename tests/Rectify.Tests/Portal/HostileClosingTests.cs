using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Closure;
using Rectify.Evidence;
using Rectify.LookBacks;
using Rectify.Notices;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Portal;
using Rectify.Tests.Closure;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Portal;

/// <summary>A stranger who knows every address and every id of what closes: what was declared, signed, objected, answered, checked and drafted stands behind no door, while what was published beside it is read.</summary>
public sealed class HostileClosingTests
{
    private const string Secret = "QunpublishedQ";

    private readonly List<string> ids = [];
    private readonly List<string> own = [];
    private ClosingServer server = null!;

    private string today = "";

    [Theory, EveryDatabase]
    public async Task No_door_gives_a_stranger_what_stands_behind_a_closing_a_notice_an_objection_a_check_or_a_plan(string database)
    {
        Guid drafting = default, noticed = default, dropped = default, finished = default, piece = default;
        server = await ClosingServer.StartAsync(database, 4, async one =>
        {
            await one.World.InAsync((SetDesk set) => set.RunAsync(Closing.Code, new("公示", "The office", "0991-555 0101", "", "", "The government's site", true), 0, one.Closing.People["office"], Ct));
            drafting = await one.Closing.BeginAsync(one.World, one.Task(5));
            await DeclareAsync(one, drafting);
            (noticed, dropped) = (await DeclaredAsync(one, one.Task(6), "notice"), await DeclaredAsync(one, one.Task(7), "notice"));
            finished = await DeclaredAsync(one, one.Task(8), "nothing");
            piece = await one.Closing.ProofAsync(one.World, one.Task(6), $"Piece {Secret}", PieceKind.Notice);
        });
        await using (server)
        {
            today = server.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            await DraftAsync(dropped);
            var (notice, address) = await PublishAsync(noticed, piece);
            var (objection, file) = await ObjectAsync(notice, address);
            var (plan, draw, check) = await LookBackAsync();
            ids.AddRange(new[] { drafting, noticed, dropped, finished, notice, address, objection, file, plan, draw, check, server.Task(6), server.Task(8), piece }.Select(id => id.ToString()));

            foreach (var open in new[] { false, true })
            {
                await OpenAsync(open);
                var read = await TryAllAsync(onlyPublic: open);
                Assert.Equal(open, read.Contains("/public/r1/plan"));
                Assert.Contains($"/public/notices/{address}", read);
                Assert.Equal(open, read.Contains($"/public/r1/draws/{draw}"));
            }
        }
    }

    // Everything that a stranger is let in to, while none of it holds a word of what was not published.
    private async Task<HashSet<string>> TryAllAsync(bool onlyPublic)
    {
        var stranger = await server.AsAsync("stranger");
        var read = new HashSet<string>();
        var doors = EveryDoor.Of(server.Served, ids, ids, most: 30).Concat(own).Where(door => !onlyPublic || door.StartsWith("/public", StringComparison.Ordinal)).ToList();
        Assert.True(doors.Count > 100, $"{doors.Count} doors");
        foreach (var door in doors)
        {
            using var answer = await stranger.GetAsync(door, Ct);
            var bytes = await answer.Content.ReadAsByteArrayAsync(Ct);
            Assert.False(Encoding.UTF8.GetString(bytes).Contains(Secret, StringComparison.OrdinalIgnoreCase), $"{door} {(int)answer.StatusCode}");
            Assert.True((int)answer.StatusCode < 500, $"{door} {(int)answer.StatusCode}");
            Assert.All(answer.Headers.Concat(answer.Content.Headers), header => Assert.DoesNotContain(header.Value, value => value.Contains(Secret, StringComparison.OrdinalIgnoreCase)));
            if (answer.StatusCode is HttpStatusCode.OK)
            {
                read.Add(door);
            }
        }

        return read;
    }

    // The words are there: whoever may reads them, by the door that a stranger tries too.
    private async Task DemandReadAsync(string door)
    {
        own.Add(door);
        Assert.Contains(Secret, (await server.AskAsync("office", "GET", door)).Said, StringComparison.Ordinal);
    }

    private async Task DraftAsync(Guid closure)
    {
        var made = await SendAsync("office", "POST", "/api/programmes/r1/notices", new { closures = new[] { closure } });
        await ChangeAsync(made.GetProperty("id").GetGuid(), $"Draft {Secret}", Secret);
        ids.Add(made.GetProperty("id").GetString()!);
        ids.Add((await server.ReadAsync($"/api/notices/{made.GetProperty("id").GetGuid()}")).GetProperty("publicId").GetString()!);
        await DemandReadAsync($"/notices/{made.GetProperty("id").GetGuid()}");
    }

    // What was declared is not what the notice says: the office wrote it anew, and why a contradiction stands is for itself.
    private async Task<(Guid Notice, Guid Address)> PublishAsync(Guid closure, Guid piece)
    {
        var notice = (await SendAsync("office", "POST", "/api/programmes/r1/notices", new { closures = new[] { closure } })).GetProperty("id").GetGuid();
        await ChangeAsync(notice, "A notice", "All of it was done.");
        foreach (var doubt in (await server.ReadAsync($"/api/notices/{notice}")).GetProperty("contradictions").EnumerateArray())
        {
            await SendAsync("office", "POST", $"/api/notices/{notice}/overrulings", new { closure, tag = doubt.GetProperty("tag").GetString(), reason = $"It holds, {Secret}.", version = await VersionAsync(notice) });
        }

        await SendAsync("office", "POST", $"/api/notices/{notice}/publication", new { channel = "The site", version = await VersionAsync(notice), password = Password });
        await SendAsync("office", "POST", $"/api/notices/{notice}/evidence", new { piece });
        await DemandReadAsync($"/closures/{closure}");
        await DemandReadAsync($"/closures/{closure}/declaration");
        await DemandReadAsync($"/evidence/{piece}");
        return (notice, (await server.ReadAsync($"/api/notices/{notice}")).GetProperty("publicId").GetGuid());
    }

    private async Task<(Guid Objection, Guid File)> ObjectAsync(Guid notice, Guid address)
    {
        var stranger = await server.AsAsync("stranger");
        var form = await server.OpenAsync("stranger", $"/public/notices/{address}/objection");
        using var body = new MultipartFormDataContent { { new ByteArrayContent([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Encoding.ASCII.GetBytes(Secret)]), "files", $"{Secret}.png" } };
        foreach (var (name, value) in form.QuerySelectorAll("main form input[type=hidden]").Select(input => (input.GetAttribute("name")!, input.GetAttribute("value") ?? ""))
            .Concat([("kind", "NotDone"), ("text", $"It is not, {Secret}."), ("place", Secret), ("name", Secret), ("contact", Secret)]))
        {
            body.Add(new StringContent(value, Encoding.UTF8), name);
        }

        using var sent = await stranger.PostAsync($"/public/notices/{address}/objection", body, Ct);
        Assert.Contains("id=\"code\"", await sent.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        var objection = (await server.ReadAsync($"/api/notices/{notice}/objections"))[0].GetProperty("id").GetGuid();
        var file = await server.World.InAsync((Db db) => db.ObjectionFiles().Where(one => one.ObjectionId == objection).Select(one => one.Id).SingleAsync(Ct));
        await SendAsync("office", "POST", $"/api/objections/{objection}/decision", new { outcome = "NotUpheld", reasons = $"Looked at, {Secret}.", answer = $"It is done, {Secret}.", on = today, version = 0 });
        foreach (var door in new[] { $"/api/notices/{notice}/objections", $"/objections/{objection}", $"/objections/{objection}/files/{file}" })
        {
            await DemandReadAsync(door);
        }

        own.AddRange([$"/objections/{objection}/decision.docx", $"/objections/{objection}/decision.pdf"]);
        ids.AddRange((await server.World.InAsync((Db db) => db.Objections().Select(one => one.PublicId).ToListAsync(Ct))).Select(id => id.ToString()));
        return (objection, file);
    }

    private async Task<(Guid Plan, Guid Draw, Guid Check)> LookBackAsync()
    {
        var to = server.Today.AddDays(60).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await SendAsync("office", "POST", "/api/programmes/r1/lookbacks", new { title = "Spring", from = today, to });
        var plan = (await server.ReadAsync("/api/programmes/r1/lookbacks"))[0].GetProperty("id").GetGuid();
        await SendAsync("office", "POST", $"/api/lookbacks/{plan}/draws", new { each = 1, source = "A sealed number", seedOn = today, dueOn = to, commitment = Lot.Hex("3 5 8") });
        var draw = await server.World.InAsync((Db db) => db.LookBackDrawsFor(server.Closing.People["office"]).Select(one => one.Id).SingleAsync(Ct));
        await SendAsync("office", "POST", $"/api/draws/{draw}/seed", new { seed = "3 5 8", version = 0 });
        var check = (await server.ReadAsync($"/api/programmes/r1/checks?plan={plan}"))[0].GetProperty("id").GetGuid();
        await SendAsync("county", "POST", $"/api/checks/{check}/report", new { result = "Held", on = today, place = Secret, opinion = $"It holds, {Secret}.", version = 0 });
        await SendAsync("team", "POST", $"/api/checks/{check}/review", new { version = 1, found = "Held", remarks = Secret });
        await DemandReadAsync($"/checks/{check}");
        await DemandReadAsync($"/api/checks/{check}");
        return (plan, draw, check);
    }

    // The programme with its plan, of which a passage is withheld; of the item that was looked at again what it is, whose, and how far.
    private async Task OpenAsync(bool open) => await server.World.InAsync(async (IServiceProvider services) =>
    {
        var (db, office) = (services.GetRequiredService<Db>(), server.Closing.People["office"]);
        var version = await db.PublicProgrammesFor(office).Select(one => one.Version).SingleOrDefaultAsync(Ct);
        await services.GetRequiredService<SetPublicProgramme>().RunAsync(
            Closing.Code, new(open, "Public", "", "", $"The plan says much, and {Secret} too.") { PlanMasks = [new(Secret, MaskReason.Personal)] }, version, office, Ct);
        db.ChangeTracker.Clear();
        if (open)
        {
            var choice = new PublicationChoice("An item", [PublicField.Problem, PublicField.Units, PublicField.Status, PublicField.Deadline], [], "", "", [], ""); // what was declared is not among them
            var draft = await PublicationDraft.MakeAsync(db, server.Task(8), choice, office, server.Today, Ct);
            await services.GetRequiredService<PublishItem>().RunAsync(server.Task(8), choice, draft.Hash, office, Ct);
            own.AddRange(await db.PublicFor().Select(one => $"/public/r1/items/{one.PublicId}").ToListAsync(Ct));
            own.AddRange(["/public/r1/items?q=" + Secret[..^1], "/public/r1/plan", "/public/r1/closures"]);
        }
    });

    private static async Task DeclareAsync(ClosingServer one, Guid closure)
    {
        await one.Closing.WriteAsync(one.World, closure);
        var now = await one.Closing.ClosureAsync(one.World, closure);
        await one.World.InAsync((SaveDeclaration save) => save.RunAsync(
            closure,
            now.Declaration with { Report = $"Report {Secret}.", Measures = [.. now.Declaration.Measures.Select(part => part with { Result = Secret })], Goals = [.. now.Declaration.Goals.Select(part => part with { Result = Secret })] },
            now.Version, one.Closing.People["county"], Ct));
    }

    private static async Task<Guid> DeclaredAsync(ClosingServer one, Guid item, string until)
    {
        var closure = await one.Closing.BeginAsync(one.World, item);
        await DeclareAsync(one, closure);
        for (var now = await one.Closing.CaseAsync(one.World, closure); now.Next is { } step && step.Key != until; now = await one.Closing.CaseAsync(one.World, closure))
        {
            if (step.Kind is Procedures.StepKind.Notice)
            {
                var notice = await one.Closing.OpenNoticeAsync(one.World, closure);
                Closing.Today(one.World, (await one.World.InAsync((Db db) => db.ClosureNotices().Where(known => known.Id == notice).Select(known => known.To).SingleAsync(Ct))).AddDays(1));
            }

            await one.Closing.TakeAsync(one.World, closure, change: said => said with { Opinion = $"{step.Key}: {Secret}.", Present = said.Present.Length > 0 ? Secret : "" });
        }

        return closure;
    }

    private async Task ChangeAsync(Guid notice, string title, string words)
    {
        var draft = await server.ReadAsync($"/api/notices/{notice}");
        var texts = draft.GetProperty("parts").EnumerateArray().Select(_ => new { done = words, result = words, next = "" }).ToArray();
        await SendAsync("office", "PUT", $"/api/notices/{notice}", new { title, texts, version = draft.GetProperty("version").GetInt32() });
    }

    private async Task<int> VersionAsync(Guid notice) => (await server.ReadAsync($"/api/notices/{notice}")).GetProperty("version").GetInt32();

    private async Task<JsonElement> SendAsync(string who, string method, string path, object body)
    {
        var (status, _, said) = await server.AskAsync(who, method, path, body);
        Assert.True(status is 200 or 201 or 204, $"{who} {path}: {status} {said}");
        return said.Length > 0 ? JsonDocument.Parse(said).RootElement : default;
    }
}
