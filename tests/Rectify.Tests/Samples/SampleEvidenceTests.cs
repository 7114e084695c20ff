using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Rectify.Evidence;
using Rectify.Organisation;
using Rectify.Platform;
using Rectify.Platform.Data;
using Rectify.Samples;
using Rectify.Tests.CommandLine;

namespace Rectify.Tests.Samples;

/// <summary>The evidence kept beside the sample is what its data make, and the loader hands all of it in.</summary>
public sealed class SampleEvidenceTests(LoadedSample sample)
{
    private static readonly string Folder = Path.Combine(SampleFiles.Folder, MakeSamples.Evidence);

    private static readonly List<string[]> Rows = [.. File.ReadAllLines(Path.Combine(Folder, EvidenceFiles.Index)).Skip(1).Select(line => line.Split('\t'))];

    [Fact]
    public void The_kept_files_are_those_that_the_data_make()
    {
        var made = EvidenceFiles.All(SampleFiles.Data).ToDictionary(file => file.Name, file => file.Bytes);

        Assert.Equal(made.Keys.Order(StringComparer.Ordinal), Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.All(made, file =>
        {
            var kept = File.ReadAllBytes(Path.Combine(Folder, file.Key));
            if (file.Key.EndsWith(".docx", StringComparison.Ordinal))
            {
                Assert.Equal(SampleFiles.Parts(file.Value), SampleFiles.Parts(kept)); // compression may differ between runtimes
            }
            else
            {
                Assert.True(file.Value.AsSpan().SequenceEqual(kept), file.Key);
            }
        });
    }

    [Fact]
    public void The_files_are_few_and_small()
    {
        var sizes = Directory.EnumerateFiles(Folder).ToDictionary(file => file, file => new FileInfo(file).Length);

        Assert.InRange(sizes.Count, 200, 400);
        Assert.InRange(sizes.Values.Sum(), 1, 6_000_000);
        Assert.All(sizes.Where(file => file.Key.EndsWith(".jpg", StringComparison.Ordinal)), file => Assert.InRange(file.Value, 1, 60_000));
    }

    [Fact]
    public void Photos_say_when_and_where_they_were_taken_as_the_index_does()
    {
        var photos = Rows.Where(row => row[5] == "Photo" && row[1] == "1").ToList();
        Assert.Contains(photos, row => row[11].Length == 0);

        Assert.All(photos, row =>
        {
            using var picture = File.OpenRead(Path.Combine(Folder, row[2]));
            Assert.Equal("jpeg", FileTypes.Of(picture).Name);
            var facts = PictureFacts.Read(picture);
            if (row[11].Length == 0)
            {
                Assert.Equal(PictureFacts.None, facts);
                return;
            }

            Assert.Matches($@"^{row[7]} \d\d:\d\d:\d\d\+08:00$", facts.TakenAt);
            Assert.Equal(decimal.Parse(row[11], CultureInfo.InvariantCulture), facts.Spot!.LatitudeDegrees, 5);
            Assert.Equal(decimal.Parse(row[12], CultureInfo.InvariantCulture), facts.Spot.LongitudeDegrees, 5);
        });
    }

    [Fact]
    public void Each_state_of_a_dossier_has_its_example()
    {
        var feedback = new DateOnly(2018, 1, 2);

        Assert.Contains(Rows, row => row[1] == "2" && row[16].Length > 0);
        Assert.Contains(Rows, row => row[3] == "44 8");
        Assert.Equal(2, Rows.GroupBy(row => row[2]).Count(same => same.Select(row => row[3]).Distinct().Count() > 1));
        Assert.Single(Rows, row => row[5] == "Monitoring" && DateOnly.ParseExact(row[14], "yyyy-MM-dd", CultureInfo.InvariantCulture) < feedback);
    }

    [Theory, SampleDatabases]
    public async Task The_loader_hands_in_every_piece_with_its_file_on_its_day(string database)
    {
        var world = await sample.OnAsync(database);
        var ct = TestContext.Current.CancellationToken;
        var all = Access.OfSystem(Actor.System("test"));
        var (pieces, versions, uses, journal) = await world.InAsync(async (Db db) => (
            await db.PiecesFor(all).AsNoTracking().ToListAsync(ct),
            await db.PieceVersions().AsNoTracking().ToListAsync(ct),
            await db.PieceUses().AsNoTracking().ToListAsync(ct),
            await db.Journal.CountAsync(row => row.Kind == "evidence.added", ct)));

        Assert.Equal(Rows.DistinctBy(row => row[0]).Select(row => row[6]).Order(StringComparer.Ordinal), pieces.Select(piece => piece.Title).Order(StringComparer.Ordinal));
        Assert.Equal(pieces.Count, journal);
        Assert.Equal(Rows.Count, versions.Count);
        var parts = SampleFiles.Data.History.Tasks.Sum(task => task.UnitOutcomes.Count); // what counties hand in for their own part
        Assert.Equal(
            Rows.DistinctBy(row => row[0]).Sum(row => row[4] == "*" ? SampleFiles.Data.Plan.Tasks[int.Parse(row[3], CultureInfo.InvariantCulture) - 1].Measures.Count : row[3].Split(' ').Length) + parts, uses.Count);
        foreach (var row in Rows)
        {
            var piece = pieces.Single(one => one.Title == row[6]);
            var version = versions.Single(one => one.PieceId == piece.Id && $"{one.No}" == row[1]);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Folder, row[2])))), version.FileHash);
            Assert.Equal(row[15], TimeZoneInfo.ConvertTime(version.AddedAt, world.Clock.LocalTimeZone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            Assert.Equal(row[7], piece.EffectiveOn!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
    }
}
