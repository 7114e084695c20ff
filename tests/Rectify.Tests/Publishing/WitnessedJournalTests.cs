using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Journal;
using Rectify.Proof;
using Rectify.Publishing;
using Rectify.Tests.Proof;
using Rectify.Witness;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Publishing;

/// <summary>Three witnesses of which two must countersign, each the real program's server; and OpenSSL as the authority of time.</summary>
public sealed class WitnessedJournalTests : IAsyncLifetime
{
    private readonly List<RunningWitness> witnesses = [];
    private PublishedWorld published = null!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    private async Task BeginAsync(string database)
    {
        published = await PublishedWorld.CreateAsync(database);
        for (var i = 0; i < 3; i++)
        {
            witnesses.Add(new(i, $"log {published.Log.Key}\nquorum none\n"));
            await witnesses[i].StartAsync();
        }

        published.Keys = PublishedWorld.With(published.Log, Policy());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var witness in witnesses)
        {
            await witness.DisposeAsync();
        }

        await published.DisposeAsync();
    }

    [Theory, EveryDatabase]
    public async Task A_proof_waits_for_two_of_three_witnesses_and_publishing_for_none(string database)
    {
        await BeginAsync(database);
        var (first, _) = await ActAndPublishAsync(300);
        Assert.Null(await published.ProveAsync(first));

        Assert.Equal(3, await published.AskWitnessesAsync());
        Assert.Equal(0, await published.AskWitnessesAsync());
        await published.PublishAsync(); // the lines are shown with the checkpoint
        Assert.Equal(3, published.Keys.Policy.Check((await published.ShownAsync())!).Witnesses.Count);
        await HoldsAsync((await published.ProveAsync(first))!);

        // One is away, and then two.
        await witnesses[1].StopAsync();
        var (second, _) = await ActAndPublishAsync(40);
        Assert.Equal(2, await published.AskWitnessesAsync());
        Assert.NotNull(await published.ProveAsync(second));
        await witnesses[2].StopAsync();
        var (third, place) = await ActAndPublishAsync(2);
        Assert.Equal(1, await published.AskWitnessesAsync());
        Assert.Null(await published.ProveAsync(third));
        Assert.Equal(place, (await published.ShownCheckpointAsync()).Size);
        Assert.NotNull(await published.ProveAsync(first));

        // One comes back, and the publisher has forgotten how far it was.
        await witnesses[1].StartAsync();
        published.Keys = PublishedWorld.With(published.Log, Policy());
        published.Restart();
        await published.PublishAsync();
        Assert.Equal(1, await published.AskWitnessesAsync());
        await HoldsAsync((await published.ProveAsync(third))!);
        await published.PublishAsync();
        await published.StartAsync();
        await published.VerifyAsync();
    }

    [Theory, EveryDatabase]
    public async Task A_witness_that_saw_more_stops_an_older_database_even_where_the_published_folder_is_gone(string database)
    {
        await BeginAsync(database);
        await ActAndPublishAsync(50);
        await published.AskWitnessesAsync();
        published.Folder.Delete(recursive: true);
        await using var other = published.On(await World.CreateAsync(database));
        other.Keys = published.Keys;

        await other.ActAsync(20);
        await other.NumberAsync();
        Assert.Equal("publishing.witness-ahead", (await Assert.ThrowsAsync<Refusal>(other.StartAsync)).Code);
        Assert.Equal(0, await other.PublishAsync());
        Assert.Equal("publishing.witness-ahead", other.State.Refused!.Code);
        Assert.Null(await other.ShownAsync());
        Assert.Equal("journal.halted", (await Assert.ThrowsAsync<Refusal>(() => other.ActAsync(1))).Code);
        other.Restart();
        await other.ActAsync(70);
        await other.NumberAsync();
        Assert.Equal("publishing.witness-other", (await Assert.ThrowsAsync<Refusal>(other.StartAsync)).Code);
    }

    [Theory, EveryDatabase]
    public async Task A_checkpoint_gets_its_time_from_an_outside_authority_once_a_day(string database)
    {
        await BeginAsync(database);
        using var authority = await OpenSslAuthority.CreateAsync();
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        var asked = 0;
        app.MapPost("/", async (HttpRequest request) =>
        {
            asked++;
            Assert.Equal("application/timestamp-query", request.ContentType);
            using var question = new MemoryStream();
            await request.Body.CopyToAsync(question, Ct);
            return Results.Bytes(await authority.AnswerAsync(question.ToArray()), "application/timestamp-reply");
        });
        await app.StartAsync(Ct);
        (published.Settings.TimeStamps.Url, published.Settings.TimeStamps.Authorities) = (app.Urls.First(), Path.Combine(authority.Folder, "ca.pem"));
        using var client = new StampClient(Options.Create(published.Settings));

        var (entry, size) = await ActAndPublishAsync(10);
        Assert.Equal(0, await StampAsync(client)); // not before enough witnesses have seen it
        await published.AskWitnessesAsync();
        published.Clock.Now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        Assert.Equal(1, await StampAsync(client));
        Assert.Equal(0, await StampAsync(client));
        var (later, _) = await ActAndPublishAsync(10);
        await published.AskWitnessesAsync();
        Assert.Equal(0, await StampAsync(client)); // a day has not gone by
        Assert.Equal(1, asked);

        // Published beside the journal, and written again if a round was cut off before.
        File.Delete(Path.Combine(published.Folder.FullName, $"timestamps/{size}.tsr"));
        Assert.Equal(0, await StampAsync(client));
        var (stamped, stamp) = (await published.Store.ReadAsync($"timestamps/{size}", Ct), await published.Store.ReadAsync($"timestamps/{size}.tsr", Ct));
        var trusted = await authority.AuthoritiesAsync("ca.pem");
        Assert.Equal(TimeStampOutcome.Good, TimeStamps.Check(stamp, stamped, trusted).Outcome);

        Assert.Contains("CN=TSA", await HoldsAsync((await published.ProveAsync(entry))!, "--tsa", Path.Combine(authority.Folder, "ca.pem")), StringComparison.Ordinal);
        Assert.Null((await published.ProveAsync(later))!.Stamp);
        published.Clock.Now = published.Clock.Now.AddHours(25);
        Assert.Equal(1, await StampAsync(client));
        Assert.NotNull((await published.ProveAsync(later))!.Stamp);

        // The save fails, before it is kept and after: the next turn has the stamp and shows it.
        foreach (var kept in new[] { false, true })
        {
            published.Clock.Now = published.Clock.Now.AddHours(25);
            var (_, place) = await ActAndPublishAsync(1);
            await published.AskWitnessesAsync();
            published.World.Faults.Arm(0, kept);
            await Assert.ThrowsAnyAsync<Exception>(() => StampAsync(client));
            published.World.Faults.Disarm();
            Assert.Equal(kept ? 0 : 1, await StampAsync(client));
            var (text, answer) = (await published.Store.ReadAsync($"timestamps/{place}", Ct), await published.Store.ReadAsync($"timestamps/{place}.tsr", Ct));
            Assert.Equal(TimeStampOutcome.Good, TimeStamps.Check(answer, text, trusted).Outcome);
        }

        // An answer that does not fit is not kept.
        published.Settings.TimeStamps.Authorities = Path.Combine(authority.Folder, "other.pem");
        await File.WriteAllTextAsync(published.Settings.TimeStamps.Authorities, System.Security.Cryptography.PemEncoding.WriteString("CERTIFICATE", TimeStampTests.NobodysCertificate), Ct);
        published.Clock.Now = published.Clock.Now.AddHours(25);
        await ActAndPublishAsync(1);
        await published.AskWitnessesAsync();
        await Assert.ThrowsAsync<InvalidDataException>(() => StampAsync(client));
        Assert.Equal(4, await published.World.InAsync((Db db) => db.SignedCheckpoints().CountAsync(one => one.Stamp != null, Ct)));
    }

    [Theory, EveryDatabase]
    public async Task A_second_line_by_SM2_stands_under_the_same_checkpoint_and_witnesses_take_it(string database)
    {
        await BeginAsync(database);
        var sm2 = NoteSigner.Generate(PublishedWorld.Origin, NoteAlgorithms.Sm2);
        published.Keys = JournalKeys.Of([published.Log, sm2], Encoding.UTF8.GetBytes($"log {published.Log.Key}\nlog {sm2.Key}\n{Policy()}"));
        var (entry, _) = await ActAndPublishAsync(5);

        Assert.Equal(3, await published.AskWitnessesAsync());

        var result = published.Keys.Policy.Check((await published.World.InAsync((Db db) => db.LastCheckpointAsync(Ct)))!.Note);
        Assert.Equal(["ed25519", "sm2-sm3"], result.Logs.Select(one => one.Key.Algorithm.Id));
        Assert.Contains("sm2-sm3", await HoldsAsync((await published.ProveAsync(entry))!), StringComparison.Ordinal);
    }

    private string Policy() =>
        $"{string.Concat(witnesses.Select((witness, i) => $"witness w{i} {witness.Key} {witness.Url}\n"))}group bodies 2 w0 w1 w2\nquorum bodies\n";

    private async Task<(Guid Entry, long Size)> ActAndPublishAsync(int entries)
    {
        var subject = await published.ActAsync(entries);
        await published.NumberAsync();
        await published.PublishAsync();
        return (await published.World.InAsync((Db db) => db.Journal.Where(row => row.Subject == subject).Select(row => row.EntryId).SingleAsync(Ct)), await published.NumberedAsync());
    }

    private Task<int> StampAsync(StampClient client) => published.World.InAsync((IServiceProvider services) => new StampCheckpoint(
        services.GetRequiredService<Db>(), services.GetRequiredService<JournalWriter>(), published.Store, client, published.State, Options.Create(published.Settings), published.Clock).RunAsync(Ct));

    // As a citizen would: the ZIP, and a policy file from elsewhere.
    private async Task<string> HoldsAsync(EntryProof proof, params string[] more)
    {
        var zip = Path.Combine(published.Folder.FullName, "..", $"{published.Folder.Name}.zip");
        try
        {
            await using (var file = File.Create(zip))
            {
                await ProofPackage.WriteAsync(file, proof, null, [], Ct);
            }

            using var said = new StringWriter();
            Assert.Equal(0, await Rectify.Verify.Commands.RunAsync(["closure", zip, "--policy", await published.PolicyFileAsync(), .. more], said));
            return said.ToString();
        }
        finally
        {
            File.Delete(zip);
        }
    }
}

/// <summary>The witness program's server, in this process.</summary>
internal sealed class RunningWitness(int number, string policy) : IAsyncDisposable
{
    private readonly NoteSigner signer = NoteSigner.Generate($"w{number}.example.org", NoteAlgorithms.Cosignature);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rectify-witness-");
    private WitnessState? state;
    private WebApplication? app;

    public NoteKey Key => signer.Key;

    public string Url { get; private set; } = "";

    public async Task StartAsync()
    {
        state = WitnessState.Open(folder.FullName, new WitnessDisk());
        app = WitnessApp.Build("http://127.0.0.1:0", WitnessPolicy.Parse(Encoding.UTF8.GetBytes(policy)), signer, state, TimeProvider.System);
        await app.StartAsync(Ct);
        Url = app.Urls.First();
    }

    public async Task StopAsync()
    {
        if (app is not null)
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }

        state?.Dispose();
        (app, state) = (null, null);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder.Delete(recursive: true);
    }
}
