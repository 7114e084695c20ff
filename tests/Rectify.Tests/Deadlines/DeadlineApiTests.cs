using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Platform.Data;
using Rectify.Tasks;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Deadlines;

/// <summary>Requests for other deadlines as other systems send and read them. The task is due on 30 June 2026.</summary>
public sealed class DeadlineApiTests
{
    [Fact]
    public async Task A_request_goes_its_way_over_http_with_what_stands_above_and_below()
    {
        await using var served = await ServedProduct.StartAsync();
        var (task, part) = (Guid.Empty, Guid.Empty);
        await served.InAsync(async services =>
        {
            var (db, system) = (services.GetRequiredService<Db>(), Access.OfSystem(Setup));
            var region = await db.Units().AsNoTracking().SingleAsync(unit => unit.Code == "R", Ct);
            var county = await services.GetRequiredService<CreateUnit>().RunAsync(new("C1", "Unit C1", UnitKind.County), region.Id, system, Ct);
            var person = await services.GetRequiredService<CreatePerson>().RunAsync(new(null, county.Id, "Person C1", ""), system, Ct);
            var account = await services.GetRequiredService<CreateAccount>().WithPasswordAsync(person.Id, "reporter", Password, Setup, Ct);
            await services.GetRequiredService<GiveDuty>().RunAsync(account.Id, Role.Responsible, county.Id, null, null, Setup, Ct);
            (task, _) = await Rectifying.HaveTaskAsync(services, region, county, region);
            part = await services.GetRequiredService<AddSubTask>().RunAsync(
                task, ItemKind.SubTask, new("", null, "A part.") { Deadline = new("2026-05-31", DeadlineKind.Fixed, null, new(2026, 5, 31), null) }, [], system, Ct);
        });
        using var reporter = await AsAsync(served, "reporter");
        using var office = await AsAsync(served, "office");
        var (list, day) = ("/api/programmes/r1/deadline-requests", new DateOnly(2026, 2, 10));

        // Nobody has said yet who approved this programme's plan: whoever asks has to.
        using var unnamed = await reporter.PostAsJsonAsync($"/api/items/{task}/deadline-requests", new { to = "2026-09-30", reason = "policy", explanation = "The law came late." }, Ct);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unnamed.StatusCode);

        // One that is declined, with the reason said and no number.
        var first = await AskAsync(new { to = "2026-09-30", reason = "政策原因", explanation = "The law came late.", approver = "The State Council" });
        Assert.Equal([first], await IdsAsync(list));
        Assert.Empty(await IdsAsync($"{list}?open=false"));
        Assert.Equal(HttpStatusCode.Forbidden, await DecideAsync(reporter, first, new { agrees = true, on = day, version = 0, document = "No. 7" }));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await DecideAsync(office, first, new { agrees = false, on = day, version = 0, document = "No. 7" }));
        Assert.Equal(HttpStatusCode.NoContent, await DecideAsync(office, first, new { agrees = false, on = day, version = 0, remarks = "There is time enough." }));
        Assert.Equal(HttpStatusCode.Conflict, await DecideAsync(office, first, new { agrees = false, on = day, version = 1, remarks = "Once more." }));
        var read = await ReadAsync(first);
        Assert.Equal(
            ("Declined", "政策原因", "Unit C1", "", "There is time enough."),
            (Text(read, "state"), Text(read, "reason"), Text(read, "unit"), Text(read, "document"), Text(read, "remarks")));

        // One that is taken back, and one that brings its part along.
        var second = await AskAsync(new { to = "2026-09-30", reason = "policy", explanation = "The law came late.", approver = "The State Council" });
        using var back = await reporter.PostAsJsonAsync($"/api/deadline-requests/{second}/withdrawal", new { version = 0 }, Ct);
        Assert.Equal(HttpStatusCode.NoContent, back.StatusCode);
        var third = await AskAsync(new { to = "2026-04-30", reason = "policy", explanation = "The law came early.", approver = "The State Council", below = new[] { new { item = part, to = "2026-04-15" } } });
        var moves = (await ReadAsync(third)).GetProperty("moves").EnumerateArray().Select(move => (move.GetProperty("item").GetGuid(), Text(move, "from"), Text(move, "to")));
        Assert.Equal([(task, "2026-06-30", "2026-04-30"), (part, "2026-05-31", "2026-04-15")], moves);
        Assert.Equal(HttpStatusCode.NoContent, await DecideAsync(office, third, new { agrees = true, on = day, version = 0, document = "No. 8" }));
        Assert.Equal(("Agreed", "No. 8", ""), (Text(await ReadAsync(third), "state"), Text(await ReadAsync(third), "document"), Text(await ReadAsync(third), "remarks")));
        Assert.Empty(await IdsAsync(list));
        Assert.Equal([third, second, first], await IdsAsync($"{list}?open=false"));
        Assert.Equal([second, first], await IdsAsync($"{list}?open=false&after={third}"));

        async Task<Guid> AskAsync(object body)
        {
            using var made = await reporter.PostAsJsonAsync($"/api/items/{task}/deadline-requests", body, Ct);
            Assert.True(made.StatusCode is HttpStatusCode.Created, await made.Content.ReadAsStringAsync(Ct));
            return (await made.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetGuid();
        }

        async Task<List<Guid>> IdsAsync(string path) => [.. (await office.GetFromJsonAsync<JsonElement>(path, Ct)).EnumerateArray().Select(row => row.GetProperty("id").GetGuid())];

        Task<JsonElement> ReadAsync(Guid id) => reporter.GetFromJsonAsync<JsonElement>($"/api/deadline-requests/{id}", Ct);
    }

    private static async Task<HttpStatusCode> DecideAsync(HttpClient client, Guid request, object body)
    {
        using var answer = await client.PostAsJsonAsync($"/api/deadline-requests/{request}/decision", body, Ct);
        return answer.StatusCode;
    }

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();

    private static async Task<HttpClient> AsAsync(ServedProduct served, string name)
    {
        var client = served.Client();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-CN");
        (await ServedProduct.SignInAsync(client, name, Password)).Dispose();
        client.DefaultRequestHeaders.Accept.Clear();
        return client;
    }
}
