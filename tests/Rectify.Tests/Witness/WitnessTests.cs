using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Time.Testing;
using Rectify.Proof;
using Rectify.Tests.Proof;
using Rectify.Witness;

namespace Rectify.Tests.Witness;

public sealed class WitnessTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 4, 0, 0, TimeSpan.Zero);
    private static readonly NoteSigner Signer = NoteSigner.Generate("example.com/witness", NoteAlgorithms.Cosignature);
    private static readonly NoteSigner Log = NoteSigner.Generate(MadeJournal.Origin, NoteAlgorithms.Ed25519);
    private static readonly MadeJournal Journal = MadeJournal.Of(40);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rectify-witness-");
    private readonly FakeTimeProvider clock = new(Noon);
    private readonly HttpClient http = new();
    private WitnessState? state;
    private WebApplication? app;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_the_published_requests_as_it_must()
    {
        var vectors = Vectors.Read("witness-add-checkpoint");
        await StartAsync($"log {vectors.Text("log_vkey")}\nquorum none\n");
        foreach (var one in vectors.Of("cases"))
        {
            using var answer = await PostAsync(Encoding.UTF8.GetBytes(one.Text("request")));
            var said = await answer.Content.ReadAsStringAsync(Ct);
            Assert.Equal(one.Number("status"), (int)answer.StatusCode);
            Assert.Contains(one.Text("body_contains"), said, StringComparison.Ordinal);
            if (answer.StatusCode == HttpStatusCode.Conflict)
            {
                Assert.Equal("text/x.tlog.size", answer.Content.Headers.ContentType!.ToString());
            }
        }

        // What it countersigned last, as a monitor asks for it: the published hash of an origin gives the address.
        var kept = await http.GetStringAsync(new Uri(app!.Urls.First() + $"/{WitnessState.NameOf(vectors.Text("origin"))}/checkpoint"), Ct);
        var note = SignedNote.Read(Encoding.UTF8.GetBytes(kept))!;
        Assert.Equal(5, Checkpoint.Read(note.Text)!.Size);
        Assert.Equal(Noon, Assert.Single(note.Check([Signer.Key])!).At);
        Assert.Single(note.Check([NoteKey.Parse(vectors.Text("log_vkey"))])!);
        var hash = Vectors.Read("cosignature").GetProperty("origin_hash");
        Assert.Equal(hash.Text("sha256"), WitnessState.NameOf(hash.Text("origin")));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri(app.Urls.First() + "/00/checkpoint"), Ct)).StatusCode);
    }

    [Fact]
    public async Task A_cosignature_makes_a_proof_good_and_says_when()
    {
        await StartAsync();
        clock.Advance(TimeSpan.FromMinutes(5));

        using var answer = await PostAsync(Request(0, 7));

        var line = Assert.Single(SignedNote.ReadSignatures(await answer.Content.ReadAsStringAsync(Ct))!);
        var policy = WitnessPolicy.Parse(Encoding.UTF8.GetBytes($"log {Log.Key}\nwitness w {Signer.Key}\nquorum w\n"));
        var result = policy.Check(SignedNote.Sign(At(7).Text, Noon, Log).With(line).ToBytes());
        Assert.Equal(PolicyOutcome.Met, result.Outcome);
        Assert.Equal(Noon.AddMinutes(5), result.Witnesses[0].At);
    }

    // "At this time it was the longest": two lines of which the longer one is the older would contradict each other. Source: C2SP tlog-cosignature, "Ed25519 signed message".
    [Fact]
    public async Task A_clock_that_is_set_back_gives_no_longer_journal_an_earlier_time()
    {
        await StartAsync();
        Assert.Equal(Noon, await CountersignedAsync(0, 5));
        await StopAsync();
        clock.AdjustTime(Noon.AddHours(-2));
        await StartAsync(); // it stands in what was kept
        Assert.Equal(Noon, await CountersignedAsync(5, 9));
        clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal(Noon.AddHours(1), await CountersignedAsync(9, 12));

        async Task<DateTimeOffset?> CountersignedAsync(int old, int size)
        {
            using var answer = await PostAsync(Request(old, size));
            var line = Assert.Single(SignedNote.ReadSignatures(await answer.Content.ReadAsStringAsync(Ct))!);
            return Assert.Single(SignedNote.Sign(At(size).Text, Noon, Log).With(line).Check([Signer.Key])!).At;
        }
    }

    [Fact]
    public async Task A_restart_forgets_nothing()
    {
        await StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Request(0, 20))).StatusCode);
        await StopAsync();

        await StartAsync();

        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(Request(0, 10))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Request(20, 33))).StatusCode);
    }

    // Each caller learns the size it has to start from and tries to grow by a step of its own: sizes only ever rise.
    [Fact]
    public async Task Many_at_once_never_roll_back()
    {
        await StartAsync();
        var given = new System.Collections.Concurrent.ConcurrentQueue<int>();
        await Parallel.ForEachAsync(Enumerable.Range(1, 200), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Ct }, async (i, ct) =>
        {
            var known = 0;
            for (var tries = 0; tries < 100; tries++)
            {
                var next = Math.Min(40, Math.Max(known + 1, 1 + (i % 40)));
                using var answer = await PostAsync(Request(known, next));
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    given.Enqueue(next);
                    return;
                }

                Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
                known = int.Parse(await answer.Content.ReadAsStringAsync(ct), CultureInfo.InvariantCulture);
            }
        });

        var last = Checkpoint.Read(state!.Last(MadeJournal.Origin, Signer.Key)!.Text)!;
        Assert.Equal(given.Max(), last.Size);
        Assert.Equal(40, last.Size);
    }

    [Theory]
    [InlineData(nameof(WitnessDisk.WriteThrough), false)]
    [InlineData(nameof(WitnessDisk.WriteThrough), true)]
    [InlineData(nameof(WitnessDisk.Replace), false)]
    [InlineData(nameof(WitnessDisk.Replace), true)]
    [InlineData(nameof(WitnessDisk.SyncFolder), false)]
    [InlineData(nameof(WitnessDisk.SyncFolder), true)]
    public async Task A_disk_that_fails_gives_no_signature_and_the_next_try_or_start_goes_on(string step, bool done)
    {
        var disk = new FailingDisk();
        await StartAsync(disk: disk);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Request(0, 5))).StatusCode);

        (disk.Step, disk.Done) = (step, done);
        using var failed = await PostAsync(Request(5, 9));
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        Assert.DoesNotContain("\u2014", await failed.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);

        disk.Step = "";
        await StopAsync();
        await StartAsync(disk: disk);
        var known = (int)Checkpoint.Read(state!.Last(MadeJournal.Origin, Signer.Key)!.Text)!.Size;
        Assert.Contains(known, new[] { 5, 9 });
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Request(known, 12))).StatusCode);
    }

    [Fact]
    public async Task A_damaged_state_and_a_second_process_are_refused()
    {
        await StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Request(0, 5))).StatusCode);
        Assert.Throws<IOException>(() => WitnessState.Open(folder.FullName, new WitnessDisk()));
        await StopAsync();

        var file = Path.Combine(folder.FullName, WitnessState.NameOf(MadeJournal.Origin));
        var good = await File.ReadAllBytesAsync(file, Ct);
        foreach (var bad in Vectors.Flipped(good).Where((_, bit) => bit % 9 == 0).Append([]).Append(good[..^1]))
        {
            await File.WriteAllBytesAsync(file, bad, Ct);
            using var opened = WitnessState.Open(folder.FullName, new WitnessDisk());
            try
            {
                // A bit in the journal's own line may turn: this witness's line and the text are what holds.
                Assert.Equal(5, Checkpoint.Read(opened.Last(MadeJournal.Origin, Signer.Key)!.Text)!.Size);
            }
            catch (InvalidDataException)
            {
                // Refused, as it should be.
            }
        }
    }

    // The program itself, killed while it answers: whatever it said 200 to, it knows when it comes back.
    [Fact]
    public async Task Killed_at_any_moment_it_knows_all_that_it_countersigned()
    {
        var (key, logs) = (Path.Combine(folder.FullName, "key"), Path.Combine(folder.FullName, "logs"));
        await File.WriteAllTextAsync(key, Signer.ToSecret() + "\n", Ct);
        await File.WriteAllTextAsync(logs, $"log {Log.Key}\nquorum none\n", Ct);
        var known = 0;
        for (var round = 0; round < 3 && known <= 38; round++)
        {
            using var program = Process.Start(new ProcessStartInfo(
                Path.Combine(AppContext.BaseDirectory, "rectify-witness"),
                ["serve", "--key", key, "--logs", logs, "--state", Path.Combine(folder.FullName, "state"), "--urls", "http://127.0.0.1:0"])
            { RedirectStandardOutput = true, Environment = { ["Logging__LogLevel__Default"] = "None" } })!;
            try
            {
                string? line;
                while ((line = await program.StandardOutput.ReadLineAsync(Ct)) is not null && !line.StartsWith("example.com/witness: ", StringComparison.Ordinal))
                {
                    // Until it serves.
                }

                var address = line!.Split(' ')[1];
                using var conflict = await PostAsync(Request(known + 2, 40), address);
                var says = int.Parse(await conflict.Content.ReadAsStringAsync(Ct), CultureInfo.InvariantCulture);
                Assert.InRange(says, known, known + 1);
                known = says;
                var killed = Task.Run(async () =>
                {
                    await Task.Delay(10 + (round * 17), Ct);
                    program.Kill();
                }, Ct);
                try
                {
                    while (known < 40)
                    {
                        using var answer = await PostAsync(Request(known, known + 1), address);
                        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                        known++;
                    }
                }
                catch (HttpRequestException)
                {
                    // Killed.
                }

                await killed;
            }
            finally
            {
                program.Kill();
                await program.WaitForExitAsync(Ct);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        http.Dispose();
        folder.Delete(recursive: true);
    }

    private static Checkpoint At(int size) => new(MadeJournal.Origin, size, Merkle.Root(Journal.Leaves.AsSpan(0, size)));

    private static byte[] Request(int old, int size)
    {
        var path = old == 0 || old > size ? [] : Merkle.ConsistencyPath(Journal.Leaves.AsSpan(0, size), old);
        return new AddCheckpoint(old, path, SignedNote.Sign(At(size).Text, Noon, Log), At(size)).ToBytes();
    }

    private async Task StartAsync(string? policy = null, WitnessDisk? disk = null)
    {
        state = WitnessState.Open(folder.FullName, disk ?? new WitnessDisk());
        app = WitnessApp.Build("http://127.0.0.1:0", WitnessPolicy.Parse(Encoding.UTF8.GetBytes(policy ?? $"log {Log.Key}\nquorum none\n")), Signer, state, clock);
        await app.StartAsync(Ct);
    }

    private async Task StopAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        state?.Dispose();
        (app, state) = (null, null);
    }

    private Task<HttpResponseMessage> PostAsync(byte[] body, string? address = null) =>
        http.PostAsync(new Uri((address ?? app!.Urls.First()) + "/add-checkpoint"), new ByteArrayContent(body), Ct);

    private sealed class FailingDisk : WitnessDisk
    {
        /// <summary>Which step fails; none if empty.</summary>
        public string Step { get; set; } = "";

        /// <summary>Whether it fails after it was done.</summary>
        public bool Done { get; set; }

        public override void WriteThrough(string path, byte[] bytes) => Run(nameof(WriteThrough), () => base.WriteThrough(path, bytes));

        public override void Replace(string path, string by) => Run(nameof(Replace), () => base.Replace(path, by));

        public override void SyncFolder(string path) => Run(nameof(SyncFolder), () => base.SyncFolder(path));

        private void Run(string step, Action act)
        {
            if (step != Step || Done)
            {
                act();
            }

            if (step == Step)
            {
                throw new IOException("The disk failed.");
            }
        }
    }
}
