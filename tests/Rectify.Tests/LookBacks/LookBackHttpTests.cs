using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.LookBacks;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Portal;
using Rectify.Tasks;
using Rectify.Tasks.Timeline;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.LookBacks;

/// <summary>Looking back over HTTP: every role tries every door, and each opens to those alone whose it is.</summary>
public sealed class LookBackHttpTests : IAsyncLifetime
{
    private static readonly string[] Roles = ["office", "clerk", "reporter", "neighbour", "acceptor", "leader", "archivist", "supervisor", "administrator"];

    // Neither the programme nor anything in it is theirs to see.
    private static readonly string[] Blind = ["neighbour", "administrator"];

    private readonly Dictionary<string, HttpClient> clients = [];
    private readonly DateOnly today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8));
    private ServedProduct served = null!;
    private Guid task;

    public async ValueTask InitializeAsync()
    {
        served = await ServedProduct.StartAsync();
        await served.InAsync(async services =>
        {
            var (db, system) = (services.GetRequiredService<Db>(), Access.OfSystem(Setup));
            var region = await db.Units().AsNoTracking().SingleAsync(unit => unit.Code == "R", Ct);
            var units = new Dictionary<string, Unit> { ["R"] = region };
            foreach (var (code, kind) in new[] { ("C1", UnitKind.County), ("C2", UnitKind.County), ("D1", UnitKind.Department) })
            {
                units[code] = await services.GetRequiredService<CreateUnit>().RunAsync(new(code, $"Unit {code}", kind), region.Id, system, Ct);
            }

            foreach (var (unit, name, role) in new[]
            {
                ("C1", "reporter", Role.Responsible), ("C2", "neighbour", Role.Responsible), ("D1", "acceptor", Role.Acceptor), ("R", "leader", Role.Leader), ("R", "archivist", Role.Archivist),
                ("R", "supervisor", Role.Supervisor), ("R", "administrator", Role.Administrator),
            })
            {
                var person = await services.GetRequiredService<CreatePerson>().RunAsync(new(null, units[unit].Id, $"Person {name}", ""), system, Ct);
                var account = await services.GetRequiredService<CreateAccount>().WithPasswordAsync(person.Id, name, Password, Setup, Ct);
                await services.GetRequiredService<GiveDuty>().RunAsync(account.Id, role, units[unit].Id, null, null, Setup, Ct);
            }

            (task, _) = await Rectifying.HaveTaskAsync(services, region, units["C1"], units["D1"]);
            var closed = new[] { FactKind.Completed, FactKind.Applied, FactKind.Accepted, FactKind.Closed }.Select(kind => new StatedFact(kind, today.AddDays(-10))).ToList();
            var placed = await services.GetRequiredService<PlaceFacts>().RunAsync([(task, closed)], system, Setup, Ct);
            await services.GetRequiredService<JournalWriter>().CommitAsync(placed[0], [.. placed.Skip(1)], Ct);
        });
        foreach (var role in Roles)
        {
            clients[role] = served.Client();
            (await ServedProduct.SignInAsync(clients[role], role, Password)).Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients.Values)
        {
            client.Dispose();
        }

        await served.DisposeAsync();
    }

    [Fact]
    public async Task Every_role_tries_every_door()
    {
        var (due, seedOn) = (Text(today.AddDays(30)), Text(today.AddDays(7)));
        await OnlyAsync("office", 204, role => clients[role].PutAsJsonAsync("/api/programmes/r1/check-rules", new { months = 6, version = 0 }, Ct));
        var plan = await MadeAsync(await OnlyAsync("office", 201, role => clients[role].PostAsJsonAsync("/api/programmes/r1/lookbacks", new { title = "年度回头看", from = Text(today), to = due }, Ct)));
        var drawn = await MadeAsync(await OnlyAsync("office", 201, role => clients[role].PostAsJsonAsync("/api/programmes/r1/lookbacks", new { title = "随机抽查", from = Text(today), to = due }, Ct)));
        await OnlyAsync("office", 200, role => clients[role].PostAsJsonAsync($"/api/lookbacks/{plan}/items", new { items = new[] { task }, dueOn = due }, Ct));
        var check = (await clients["office"].GetFromJsonAsync<JsonElement>("/api/programmes/r1/checks", Ct))[0].GetProperty("id").GetGuid();

        // The unit whose it is hands in; whoever handed in does not look at it, and it is looked at by the office or from above.
        object Report(int version) => new { result = "Held", on = Text(today), place = "湖边", opinion = "保持良好", version };
        await OnlyAsync("reporter", 204, role => clients[role].PostAsJsonAsync($"/api/checks/{check}/report", Report(0), Ct));
        await OnlyAsync("office", 204, role => clients[role].PostAsJsonAsync($"/api/checks/{check}/review", new { version = 1, remarks = "请补充照片" }, Ct), besides: "supervisor");
        await OnlyAsync("reporter", 204, role => clients[role].PostAsJsonAsync($"/api/checks/{check}/report", Report(2), Ct));
        await OnlyAsync("supervisor", 204, role => clients[role].PostAsJsonAsync($"/api/checks/{check}/review", new { version = 3, found = "Held", remarks = "属实" }, Ct), besides: "office");

        // A draw: the seed is entered by the office alone, and by nobody before its day.
        var draw = await MadeAsync(await OnlyAsync(
            "office", 201, role => clients[role].PostAsJsonAsync($"/api/lookbacks/{drawn}/draws", new { each = 1, source = "双色球第2026150期", seedOn, dueOn = due }, Ct)));
        await OnlyAsync("office", 422, role => clients[role].PostAsJsonAsync($"/api/draws/{draw}/seed", new { seed = "3 5 8", version = 0 }, Ct));

        // What may be read is read by whoever reads the programme; a check only by those whose unit it concerns, or who stand above it.
        using var stranger = served.Client();
        foreach (var path in new[]
        {
            "/api/programmes/r1/checks", "/api/programmes/r1/check-rules", "/api/programmes/r1/lookbacks", $"/api/items/{task}/rebounds", $"/api/draws/{draw}", $"/draws/{draw}/list.txt", $"/api/checks/{check}",
            "/p/r1/lookbacks", "/p/r1/lookbacks/plans", "/p/r1/lookbacks/rules", $"/lookbacks/{plan}", $"/draws/{draw}", $"/items/{task}/lookbacks", $"/checks/{check}", $"/lookbacks/{drawn}/draw", $"/items/{task}/rebound",
        })
        {
            foreach (var role in Roles)
            {
                using var answer = await clients[role].GetAsync(path, Ct);
                var office = path.EndsWith("/draw", StringComparison.Ordinal) || path.EndsWith("/lookbacks/rules", StringComparison.Ordinal) || path.EndsWith("/rebound", StringComparison.Ordinal);
                var hidden = Blind.Contains(role) || (role is "acceptor" && path.Contains("/checks/", StringComparison.Ordinal));
                Assert.True(
                    hidden ? answer.StatusCode is HttpStatusCode.NotFound
                    : office && role is not "office" ? answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden
                    : answer.StatusCode is HttpStatusCode.OK, $"{role} {path}: {answer.StatusCode}");
            }

            using var outside = await stranger.GetAsync(path, Ct);
            Assert.True(outside.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Redirect or HttpStatusCode.Found, $"{path}: {outside.StatusCode}");
        }

        await OnlyAsync("office", 204, role => clients[role].PostAsJsonAsync($"/api/draws/{draw}/void", new { because = "种子来源有误", version = 0 }, Ct));
        await OnlyAsync("office", 201, role => clients[role].PostAsJsonAsync($"/api/items/{task}/rebounds", new { source = "Petition", on = Text(today), reference = "X2026-14", reason = "又有黑水" }, Ct));
    }

    [Fact]
    public async Task Anyone_recomputes_a_draw_once_its_seed_is_known_and_reads_nothing_of_it_before()
    {
        var version = 0;
        await OpenAsync(true);
        const string Seed = "3 5 8 13";
        var plan = await MadeAsync(await clients["office"].PostAsJsonAsync("/api/programmes/r1/lookbacks", new { title = "年度随机抽查计划", from = Text(today), to = Text(today.AddDays(30)) }, Ct));
        var draw = await MadeAsync(await clients["office"].PostAsJsonAsync(
            $"/api/lookbacks/{plan}/draws", new { each = 1, source = "封存的种子", seedOn = Text(today), dueOn = Text(today.AddDays(30)), commitment = Lot.Hex(Seed), person = "督导二组" }, Ct));
        using var stranger = served.Client();
        var paths = new[] { $"/public/r1/draws/{draw}", $"/public/r1/draws/{draw}/list.txt" };
        await AllAsync(HttpStatusCode.NotFound);
        Assert.DoesNotContain("id=\"draws\"", await stranger.GetStringAsync("/public/r1", Ct), StringComparison.Ordinal);

        using (var seeded = await clients["office"].PostAsJsonAsync($"/api/draws/{draw}/seed", new { seed = Seed, version = 0 }, Ct))
        {
            Assert.Equal(HttpStatusCode.NoContent, seeded.StatusCode);
        }

        await AllAsync(HttpStatusCode.OK);
        var list = await stranger.GetStringAsync(paths[1], Ct);
        var drawn = Assert.Single(Lot.Draw(Seed, Lot.Read(list), 1), one => one.Drawn);
        var page = await stranger.GetStringAsync(paths[0], Ct);
        Assert.All(new[] { Lot.Hex(list), Seed, drawn.Candidate.Id, drawn.Number }, told => Assert.Contains(told, page, StringComparison.Ordinal));
        Assert.All(new[] { "年度随机抽查计划", "督导二组", "The lake is not clean." }, hidden => Assert.DoesNotContain(hidden, page, StringComparison.Ordinal)); // neither is published
        Assert.Contains(paths[0], await stranger.GetStringAsync("/public/r1", Ct), StringComparison.Ordinal);

        // Voided it stays to be seen, without the reason that was written for the office; closed, the site tells nothing.
        using (var voided = await clients["office"].PostAsJsonAsync($"/api/draws/{draw}/void", new { because = "种子来源有误", version = 1 }, Ct))
        {
            Assert.Equal(HttpStatusCode.NoContent, voided.StatusCode);
        }

        Assert.DoesNotContain("种子来源有误", await stranger.GetStringAsync(paths[0], Ct), StringComparison.Ordinal);
        await OpenAsync(false);
        await AllAsync(HttpStatusCode.NotFound);

        async Task AllAsync(HttpStatusCode status)
        {
            foreach (var path in paths)
            {
                using var answer = await stranger.GetAsync(path, Ct);
                Assert.Equal((path, status), (path, answer.StatusCode));
            }
        }

        Task OpenAsync(bool open) => served.InAsync(async services =>
            await services.GetRequiredService<SetPublicProgramme>().RunAsync("r1", new(open, "督察整改公开"), version++, Access.OfSystem(Setup), Ct));
    }

    // Everybody else is refused first, so that what they tried would show in the answer to the one whose it is.
    private async Task<HttpResponseMessage> OnlyAsync(string whose, int status, Func<string, Task<HttpResponseMessage>> act, string? besides = null)
    {
        foreach (var role in Roles.Where(role => role != whose && role != besides))
        {
            using var refused = await act(role);
            Assert.True(refused.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{role} {refused.RequestMessage!.RequestUri}: {refused.StatusCode}");
            Assert.True(!Blind.Contains(role) || refused.StatusCode is HttpStatusCode.NotFound, $"{role} {refused.RequestMessage!.RequestUri}: {refused.StatusCode}");
        }

        var answer = await act(whose);
        Assert.True((int)answer.StatusCode == status, $"{whose} {answer.RequestMessage!.RequestUri}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Ct)}");
        return answer;
    }

    private static async Task<Guid> MadeAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetGuid();

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
