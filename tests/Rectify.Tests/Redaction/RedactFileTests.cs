using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Rectify.CommandLine;
using Rectify.Dossiers;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Plans;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Platform.Files;
using Rectify.Platform.Journal;
using Rectify.Platform.Text;
using Rectify.Proof;
using Rectify.Redaction;
using Rectify.Tests.Evidence;
using Rectify.Tests.Plans;
using Rectify.Tests.Publishing;
using Rectify.Tests.Tasks;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Redaction;

/// <summary>Destroying one kept file: content, name, salts; what stays, and where it says so.</summary>
public sealed class RedactFileTests
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("身份证号530102199001011234，某某某");

    [Theory, EveryDatabase]
    public async Task A_destroyed_file_is_gone_everywhere_and_every_old_proof_still_holds(string database)
    {
        await using var published = await PublishedWorld.CreateAsync(database, logged: true);
        var world = published.World;
        var some = await Rectifying.HaveAsync(world);
        var details = new PieceDetails("Letter", PieceKind.Document, new(2026, 2, 1));
        var (first, second) = (await AddAsync("530102199001011234.txt", Secret), await AddAsync("scan.txt", Secret)); // one file, two pieces
        var other = await AddAsync("other.txt", "of no concern"u8.ToArray());
        await world.InAsync((MakePreviews make) => make.RunAsync(Ct));
        await published.NumberAsync();
        await published.PublishAsync();
        var entry = await world.InAsync((Db db) => db.Journal.Where(row => row.Subject == first).Select(row => row.EntryId).SingleAsync(Ct));
        var before = (await published.ProveAsync(entry))!;
        var file = Assert.Single(await FilesAsync(first));
        var opening = new FileOpening(file.Salt, Convert.FromHexString(file.Sha256), Convert.FromHexString(file.Sm3), "letter.txt");
        Assert.True(Openings.Opens(opening, JournalLeaf.Read(before.Leaf)!)); // whoever has it can prove the file
        await FlushAsync();
        Assert.Empty(await HoldingAsync(file.Salt)); // no salt stands in the clear
        Assert.Contains(Files(Secret), path => path.Contains("previews", StringComparison.Ordinal));
        var was = await BackUpAsync("before");
        Assert.NotEmpty(KeptBytes.Holding(was, Secret));
        Assert.NotEmpty(KeptBytes.Holding(was, "530102199001011234.txt"u8.ToArray())); // the record has the name
        var copied = await world.InAsync((Db db) => db.OpeningRowsOf(first).AsNoTracking().ToListAsync(Ct));

        Assert.Equal("redaction.reason", (await Assert.ThrowsAsync<Refusal>(() => RedactAsync(""))).Code);
        Assert.Equal(4, await RedactAsync("Handed in by mistake")); // two salts, two names
        world.Clock.Advance(DestroyOpeningKeys.Grace);
        await world.InAsync((IServiceProvider services) => new DestroyOpeningKeys(
            services.GetRequiredService<Db>(), services.GetRequiredService<JournalWriter>(), services.GetRequiredService<OpeningKeys>(), world.Clock).RunAsync(Ct));

        // Each piece has an entry of its own that names the commitment; what was proved before is proved still.
        await published.NumberAsync();
        await published.PublishAsync();
        Assert.Equal(Rectify.Publishing.JournalFinding.Whole, (await published.MonitorAsync())!.Finding);
        Assert.True(before.Proof.Check(before.Hash, published.Keys.Policy).Holds);
        Assert.True((await published.ProveAsync(entry))!.Proof.Check(before.Hash, published.Keys.Policy).Holds);
        var said = await world.InAsync((Db db) => db.Journal.Where(row => row.Kind == "journal.values-redacted").OrderBy(row => row.Id).Select(row => new { row.Subject, row.Body }).ToListAsync(Ct));
        Assert.Equal(new[] { first, second }.Order(), said.Select(one => one.Subject).Order());
        Assert.Contains(said, one => JournalLeaf.Read(one.Body)!.Data.Contains(opening.Commitment, StringComparison.Ordinal));
        Assert.Equal((0, 0, 1), ((await FilesAsync(first)).Count, (await FilesAsync(second)).Count, (await FilesAsync(other)).Count));

        // Gone: content, name and salt, in the database and its log, in what was logged, in the data folder, in a later backup with its keys.
        foreach (var gone in new[] { Secret, "530102199001011234"u8.ToArray(), file.Salt })
        {
            Assert.Empty(await HoldingAsync(gone));
            Assert.Empty(Files(gone));
        }

        Assert.Empty(KeptBytes.Holding(await BackUpAsync("after"), Secret, "530102199001011234"u8.ToArray(), file.Salt));
        Assert.DoesNotContain(world.Logged, line => line.Contains("530102199001011234", StringComparison.Ordinal));
        Assert.All(copied, row => Assert.Empty(world.InAsync((OpeningKeys keys) => Task.FromResult(row.Files(keys))).GetAwaiter().GetResult())); // nor from a copy of the database of before

        // It is said where the file stood: in its piece, in the history, in the dossier's package; no alarm is raised, and it is not taken again.
        await world.InAsync(async (Db db) =>
        {
            var view = (await PieceView.ReadAsync(db, some.Reporter, first, Ct))!;
            Assert.Equal((FileCheckResult.Destroyed, ""), (view.Checks[file.Sha256].Result, view.File.FileName));
            Assert.DoesNotContain(view.Acts.SelectMany(act => act.Changes), change => $"{change.Before} {change.After}".Contains("530102199001011234", StringComparison.Ordinal));
            Assert.Empty((await FailedFiles.ReadAsync(db, some.Reporter, [], Ct)).Failed);
        });
        Assert.Equal((409, "evidence.destroyed"), await EvidenceTests.NoAsync(() => AddAsync("again.txt", Secret)));
        var names = await DossierAsync();
        Assert.Single(names, name => name.EndsWith("other.txt", StringComparison.Ordinal) || name.Contains("Letter", StringComparison.Ordinal));
        Assert.NotEmpty(Files(Secret)); // what was handed in again stands in the store until the next look
        world.Clock.Advance(TimeSpan.FromDays(2));
        await world.InAsync((CheckFiles check) => check.RunAsync(Ct));
        Assert.Empty(Files(Secret));
        Assert.Equal(0, await world.InAsync((Db db) => db.Journal.CountAsync(row => row.Kind == "evidence.checked", Ct)));

        async Task<Guid> AddAsync(string name, byte[] content)
        {
            var upload = await EvidenceTests.UploadAsync(world, some.Reporter, content, name);
            return await world.InAsync((AddEvidence add) => add.RunAsync([some.Task], details, upload, some.Reporter, Ct));
        }

        Task<int> RedactAsync(string reason) => world.InAsync((IServiceProvider services) => new RedactFile(
            services.GetRequiredService<Db>(), services.GetRequiredService<JournalWriter>(), services.GetRequiredService<FileStore>(), services.GetServices<IForgetFiles>())
            .RunAsync(file.Sha256, RedactionGround.Misplaced, reason, some.Office.Actor, world.Clock.GetUtcNow(), Ct));

        Task<List<JournalFile>> FilesAsync(Guid piece) => world.InAsync(async (Db db) => (await db.FilesOfAsync(piece, Ct)).ConvertAll(one => one.File));

        async Task<string> BackUpAsync(string name)
        {
            var target = Path.Combine(published.Folder.FullName, name);
            await world.InAsync((IServiceProvider services) => new BackUp(
                services.GetRequiredService<Db>(), services.GetRequiredService<FileStore>(), services.GetRequiredService<IOptions<DataOptions>>(), world.Clock).RunAsync(target, withKeys: true, Ct));
            if (database is "postgres")
            {
                // A dump is packed: its text is what has to be searched.
                using var restore = Process.Start("pg_restore", [$"--file={Path.Combine(target, "plain.sql")}", Path.Combine(target, await world.InAsync((Db db) => Task.FromResult(DatabaseCopy.FileOf(db))))]);
                await restore.WaitForExitAsync(Ct);
                Assert.Equal(0, restore.ExitCode);
            }

            return target;
        }

        IEnumerable<string> Files(byte[] wanted) => KeptBytes.Holding(world.Folder, wanted);

        Task FlushAsync() => database is "postgres" ? world.InAsync((Db db) => db.Database.ExecuteSqlRawAsync("CHECKPOINT", Ct)) : Task.CompletedTask;

        Task<List<string>> HoldingAsync(byte[] wanted) => KeptBytes.HoldingAsync(world, wanted);

        async Task<List<string>> DossierAsync()
        {
            using var to = new MemoryStream();
            await world.InAsync(async (IServiceProvider services) =>
            {
                var db = services.GetRequiredService<Db>();
                var (programme, dossier) = (await new DossierReading(db, some.Reporter, world.Clock.Today, world.Clock).ReadAsync(some.Task, Ct))!.Value;
                var units = await EvidenceList.UnitsAsync(db, dossier.Pieces.Values.Select(piece => piece.Piece.UnitId), Ct);
                await new DossierZip(services.GetRequiredService<FileStore>(), Words.In(Language.Default), programme, dossier, units, world.Clock.Today, world.Clock.GetUtcNow()).WriteAsync(to, Ct);
            });
            await using var zip = new ZipArchive(to, ZipArchiveMode.Read);
            using var catalogue = new StreamReader(await zip.Entries.First(one => one.Name == $"{Words.In(Language.Default)["dossier.zip.catalogue"]}.html").OpenAsync(Ct));
            Assert.Contains("原件已销毁", await catalogue.ReadToEndAsync(Ct), StringComparison.Ordinal);
            using var sums = new StreamReader(await zip.Entries.First(one => one.Name == "SHA256SUMS").OpenAsync(Ct));
            Assert.DoesNotContain(file.Sha256, await sums.ReadToEndAsync(Ct), StringComparison.Ordinal);
            return [.. zip.Entries.Select(one => one.FullName)];
        }
    }

    [Theory, EveryDatabase]
    public async Task Salts_that_a_version_before_kept_with_the_record_are_moved_on_demand_and_a_plan_keeps_its_file(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        var piece = await EvidenceTests.AddAsync(world, some.Reporter, Secret, new("Letter", PieceKind.Document), some.Task);
        var file = await FileAsync();
        await world.InAsync(async (IServiceProvider services) =>
        {
            // As the version before left it: the salt with the record, nothing among the openings.
            var (db, keys) = (services.GetRequiredService<Db>(), services.GetRequiredService<OpeningKeys>());
            (await db.OpeningRowsOf(piece).ToListAsync(Ct)).ForEach(row => row.Body = keys.Seal(row.EntryId, row.Subject, Without(keys.Open(row.EntryId, row.Subject, row.Body)!)));
            db.Entry(await db.PieceVersions().SingleAsync(Ct)).Property(version => version.Salt).CurrentValue = file!.Salt;
            await services.GetRequiredService<JournalWriter>().SaveBookkeepingAsync(Ct);
        });
        Assert.Null(await FileAsync());

        Assert.Equal(1, await EncryptAsync());
        Assert.Equal(0, await EncryptAsync());

        Assert.Equal(file!.Salt, (await FileAsync())!.Salt);
        Assert.Empty(await world.InAsync((Db db) => db.PieceVersions().Select(version => version.Salt).SingleAsync(Ct)));
        await world.InAsync(async (IServiceProvider services) =>
        {
            var (db, journal) = (services.GetRequiredService<Db>(), services.GetRequiredService<JournalWriter>());
            var redact = new RedactFile(db, journal, services.GetRequiredService<FileStore>(), services.GetServices<IForgetFiles>());
            Assert.Equal((404, "file.not-found"), await EvidenceTests.NoAsync(() => redact.RunAsync(new string('0', 64), RedactionGround.Order, "Why", Setup, world.Clock.GetUtcNow(), Ct)));
        });

        Task<int> EncryptAsync() => world.InAsync((IServiceProvider services) => new EncryptOpenings(services.GetRequiredService<Db>(), services.GetRequiredService<JournalWriter>()).RunAsync(Ct));
        Task<JournalFile?> FileAsync() => world.InAsync(async (Db db) => (await db.FilesOfAsync(piece, Ct)).Select(one => one.File).SingleOrDefault());
        static byte[] Without(byte[] json)
        {
            using var all = System.Text.Json.JsonDocument.Parse(json);
            return System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(all.RootElement.EnumerateArray().Where(one => one.GetArrayLength() != 3).ToList());
        }
    }

    // Previews are made and files are read again at any moment: what a job notes between the look and the act stops nobody.
    [Theory, EveryDatabase]
    public async Task A_job_that_looks_at_the_file_in_the_same_moment_does_not_stop_its_end(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        var piece = await EvidenceTests.AddAsync(world, some.Reporter, Secret, new("Letter", PieceKind.Document), some.Task);
        var meddler = new Meddler(world);
        var went = await world.InAsync(async (IServiceProvider services) =>
        {
            var db = services.GetRequiredService<Db>();
            var kept = new KeptValues(db);
            var file = Assert.Single(await kept.FilesAsync($"{piece}", some.Office, Ct));
            var redact = new RedactFile(db, services.GetRequiredService<JournalWriter>(), services.GetRequiredService<FileStore>(), [.. services.GetServices<IForgetFiles>(), meddler]);
            return await new RedactOneFile(db, kept, redact, world.Clock).RunAsync(file.Entry, file.Commitment, RedactionGround.Misplaced, "Handed in by mistake", 1, some.Office, Ct);
        });

        Assert.Equal((2, 2), (went, meddler.Asked)); // refused once, by the database
        Assert.Empty(KeptBytes.Holding(world.Folder, Secret));
        Assert.Equal((1, "destroyed"), await world.InAsync(async (Db db) => (await db.Redactions().CountAsync(Ct), (await db.Previews().SingleAsync(Ct)).Why)));
        Assert.Equal(1, await world.InAsync((Db db) => db.Journal.CountAsync(row => row.Kind == "journal.values-redacted", Ct)));
    }

    /// <summary>Makes the previews in the middle of the act, once.</summary>
    private sealed class Meddler(World world) : IForgetFiles
    {
        public int Asked { get; private set; }

        public async Task<IReadOnlyList<string>> ForgetAsync(string hash, DateTimeOffset at, CancellationToken ct)
        {
            if (Asked++ == 0)
            {
                Assert.Equal(1, await world.InAsync((MakePreviews make) => make.RunAsync(ct)));
            }

            return [];
        }

        public void Destroy(string hash)
        {
        }
    }

    // Who reads a file again finds nothing of it once it is destroyed: that is no alarm, and no reason to take it once more.
    [Theory, EveryDatabase]
    public async Task A_file_that_is_destroyed_while_it_is_read_again_stays_destroyed_and_raises_no_alarm(string database)
    {
        await using var world = await World.CreateAsync(database);
        var some = await Rectifying.HaveAsync(world);
        await EvidenceTests.AddAsync(world, some.Reporter, Secret, new("Letter", PieceKind.Document), some.Task);
        await world.InAsync((CheckFiles check) => check.RunAsync(Ct)); // it was sound
        var hash = await world.InAsync((Db db) => db.FileChecks().Select(check => check.Hash).SingleAsync(Ct));
        await world.InAsync((FileStore files) => Task.Run(() => files.Destroy(hash)));
        var refused = await EvidenceTests.NoAsync(() => world.InAsync((IServiceProvider services) => new CheckFiles(
            services.GetRequiredService<Db>(), services.GetRequiredService<JournalWriter>(), services.GetRequiredService<FileStore>(), [.. services.GetServices<IKeepFiles>(), new Destroyer(world, services.GetRequiredService<Db>())],
            services.GetServices<IForgetFiles>(), services.GetRequiredService<IOptions<EvidenceOptions>>(), world.Clock, NullLogger<CheckFiles>.Instance).CheckAsync(hash, Ct)));

        Assert.Equal((409, "stale"), refused);
        Assert.Equal(FileCheckResult.Destroyed, await world.InAsync((Db db) => db.FileChecks().Select(check => check.Result).SingleAsync(Ct)));
        Assert.Equal(["journal.values-redacted"], await world.InAsync((Db db) => db.Journal.Where(row => row.Kind == "journal.values-redacted" || row.Kind == "evidence.checked").Select(row => row.Kind).ToListAsync(Ct)));
    }

    /// <summary>Destroys the file in the moment after it was found missing.</summary>
    private sealed class Destroyer(World world, Db db) : IKeepFiles
    {
        public IQueryable<RecordedFile> Files => new PieceFiles(db).Files;

        public async Task<IReadOnlyList<Fact>> FoundAsync(string hash, string result, Actor by, DateTimeOffset at, CancellationToken ct)
        {
            Assert.Equal("Missing", result);
            await world.InAsync((IServiceProvider services) => new RedactFile(
                services.GetRequiredService<Db>(), services.GetRequiredService<JournalWriter>(), services.GetRequiredService<FileStore>(), services.GetServices<IForgetFiles>())
                .RunAsync(hash, RedactionGround.Misplaced, "Handed in by mistake", Setup, at, ct));
            return [];
        }

        public Task<IReadOnlyList<(string Hash, string Title, string Href)>> PlacesAsync(IReadOnlyCollection<string> hashes, CancellationToken ct) => throw new NotSupportedException();
    }

    // A plan is read from its file and stands without it.
    [Theory, EveryDatabase]
    public async Task The_original_of_a_confirmed_plan_can_be_destroyed_and_a_drafts_cannot(string database)
    {
        await using var world = await World.CreateAsync(database);
        var office = await world.HaveProgrammeAsync();
        var draft = await world.StartAsync(Imports.Plan, office.By);
        var hash = await world.InAsync((Db db) => db.ImportDraftsFor(office.By).Select(one => one.FileHash).SingleAsync(Ct));
        Assert.Equal((404, "file.not-found"), await EvidenceTests.NoAsync(() => RedactAsync()));
        await world.InAsync((ConfirmImport confirm) => confirm.RunAsync(draft, [], keepAliases: false, office.By, Ct));
        var again = await world.StartAsync(Imports.Plan, office.By);
        Assert.Equal((409, "redaction.file-used"), await EvidenceTests.NoAsync(() => RedactAsync()));
        await world.InAsync((DropImport drop) => drop.RunAsync(again, office.By, Ct));
        var (programme, content) = await VersionAsync(version => (version.ProgrammeId, version.Content));
        var entry = await world.InAsync(async (Db db) => JournalLeaf.Read(await db.Journal.Where(row => row.Kind == PlanVersionConfirmed.Name).Select(row => row.Body).SingleAsync(Ct))!);
        var file = Assert.Single(await world.InAsync((Db db) => db.FilesOfAsync(programme, Ct))).File;
        Assert.Equal([JournalBytes.Commitment(file)], entry.Files); // salted, and in no other form
        Assert.DoesNotContain(hash, entry.Data, StringComparison.Ordinal);

        Assert.Equal(2, await RedactAsync()); // the salt, and the name

        Assert.False(await world.InAsync((FileStore files) => Task.FromResult(files.Exists(hash))));
        Assert.Equal(("", content), await VersionAsync(version => (version.FileName, version.Content)));

        Task<T> VersionAsync<T>(Func<PlanVersion, T> of) => world.InAsync(async (Db db) => of(await db.PlanVersionsFor(office.By, Right.Read).AsNoTracking().SingleAsync(Ct)));

        Task<int> RedactAsync() => world.InAsync((IServiceProvider services) => new RedactFile(
            services.GetRequiredService<Db>(), services.GetRequiredService<JournalWriter>(), services.GetRequiredService<FileStore>(), services.GetServices<IForgetFiles>())
            .RunAsync(hash, RedactionGround.Order, "As ordered", Setup, world.Clock.GetUtcNow(), Ct));
    }
}
