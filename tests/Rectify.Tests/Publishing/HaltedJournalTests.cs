using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rectify.Platform.Data;
using Rectify.Proof;
using Rectify.Publishing;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Publishing;

/// <summary>The whole product, running, finds that more was published than its database has: what people are told.</summary>
public sealed class HaltedJournalTests
{
    [Fact]
    public async Task A_running_product_says_on_every_page_and_to_whoever_watches_it_why_nothing_is_taken()
    {
        var folder = Directory.CreateTempSubdirectory("rectify-halted-");
        var (key, place) = (Path.Combine(folder.FullName, "journal.key"), Path.Combine(folder.FullName, "published"));
        await JournalKeys.MakeAsync(key, PublishedWorld.Origin, sm2: false, Ct);
        await using var served = await ServedProduct.StartAsync($"Publishing:Folder={place}", $"Publishing:Key={key}", "Publishing:EverySeconds=1");
        using var office = served.Client();
        Assert.Equal(HttpStatusCode.Redirect, (await ServedProduct.SignInAsync(office, "office", Password)).StatusCode);
        await UntilAsync(() => Task.FromResult(File.Exists(Path.Combine(place, "checkpoint"))));
        Assert.Equal("Healthy", await office.GetStringAsync("/health", Ct));
        Assert.DoesNotContain("已停止办理", await office.GetStringAsync("/keys", Ct), StringComparison.Ordinal);

        // As if this database had lost what another one had published in its name.
        var signer = NoteSigner.Read((await File.ReadAllTextAsync(key, Ct)).TrimEnd('\n'))!;
        var longer = SignedNote.Sign(new Checkpoint(PublishedWorld.Origin, 99_999, new byte[32]).Text, TimeProvider.System.GetUtcNow(), [signer]).ToBytes();
        await served.Services.GetRequiredService<IPublishedStore>().WriteAsync([("checkpoint", longer)], Ct);
        using var yes = await AddPersonAsync(office, "One");
        Assert.True(yes.IsSuccessStatusCode, await yes.Content.ReadAsStringAsync(Ct));
        await UntilAsync(async () => await office.GetStringAsync("/health", Ct) == "Degraded\npublished-journal: publishing.ahead");

        var page = await office.GetStringAsync("/keys", Ct);
        Assert.Contains("已停止办理，只能查看。", page, StringComparison.Ordinal);
        Assert.Contains("publishing.ahead", page, StringComparison.Ordinal);
        var entries = await CountAsync(served);
        using var no = await AddPersonAsync(office, "Two");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, no.StatusCode);
        Assert.Contains("journal.halted", await no.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(entries, await CountAsync(served));
        Assert.Equal(longer, await File.ReadAllBytesAsync(Path.Combine(place, "checkpoint"), Ct));
        Assert.Contains(served.Warnings, line => line.StartsWith("The journal is not published any more: ", StringComparison.Ordinal));
        Assert.DoesNotContain(place, await office.GetStringAsync("/health", Ct), StringComparison.Ordinal);

        // Who is not in yet can sign in and read.
        using var clerk = served.Client();
        Assert.Equal(HttpStatusCode.Redirect, (await ServedProduct.SignInAsync(clerk, "clerk", Password)).StatusCode);
        Assert.Contains("已停止办理", await clerk.GetStringAsync("/keys", Ct), StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    private static async Task<HttpResponseMessage> AddPersonAsync(HttpClient client, string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/people") { Content = JsonContent.Create(new { unit = "R", name }), Headers = { { "Accept", "application/json" } } };
        return await client.SendAsync(request, Ct);
    }

    private static async Task<long> CountAsync(ServedProduct served)
    {
        var count = 0L;
        await served.InAsync(async services => count = await services.GetRequiredService<Db>().Journal.LongCountAsync(Ct));
        return count;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var tries = 0; !await holds(); tries++)
        {
            Assert.InRange(tries, 0, 3_000);
            await Task.Delay(100, Ct);
        }
    }
}
