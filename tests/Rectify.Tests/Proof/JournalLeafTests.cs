using System.Text;
using CsCheck;
using Rectify.Platform.Journal;
using Rectify.Proof;

namespace Rectify.Tests.Proof;

/// <summary>What the product writes and what an outsider reads are the same.</summary>
public sealed class JournalLeafTests
{
    private static readonly Gen<string?> Values = Gen.Frequency((1, Gen.Const((string?)null)), (5, Gen.String.Select(text => (string?)WellFormed(text))));

    private sealed record Noted : Fact
    {
        public override string Kind => "test.noted";

        public required string Note { get; init; }
    }

    [Fact]
    public void Every_entry_that_the_product_writes_is_read() =>
        Gen.Select(Gen.Guid, Gen.Guid, Gen.Int[1, 900], Gen.Bool, Values, Gen.Int[0, 3]).Sample(
            (id, subject, number, caused, note, files) =>
            {
                var fact = new Noted
                {
                    Subject = subject,
                    By = new("ann"),
                    At = new DateTimeOffset(2026, 11, 26, 4, 0, 0, 7, TimeSpan.Zero),
                    Note = note ?? "",
                    Files = [.. Enumerable.Range(0, files).Select(i => new JournalFile(new string('a', 64), new string((char)('0' + i), 64), new byte[32]))],
                };

                var (body, hash) = JournalBytes.Entry(fact, id, number, number == 1 ? null : new byte[32], caused ? subject : null, []);
                var leaf = JournalLeaf.Read(body)!;

                Assert.Equal(hash, leaf.Hash);
                Assert.Equal((fact.Kind, number, "ann", fact.At, caused), (leaf.Type, leaf.Number, leaf.By, leaf.At, leaf.Cause is not null));
                Assert.Equal((JournalBytes.Text(id), JournalBytes.Text(subject)), (leaf.Id, leaf.Subject));
                Assert.Equal(number == 1, leaf.Previous is null);
                Assert.Equal(fact.Files.Select(JournalBytes.Commitment), leaf.Files);
            },
            iter: 50);

    [Fact]
    public void An_opening_leads_to_the_products_commitment() =>
        Gen.Select(Gen.Byte.Array[16], Values, Values).Sample((salt, before, after) =>
        {
            var opening = new Opening { EntryId = Guid.Empty, Subject = Guid.Empty, Record = "Item", RecordId = "a", Field = "Title", Before = before, After = after, Salt = salt };
            var read = FieldOpening.Of(salt, "Item/a/Title", before, after);

            Assert.Equal(JournalBytes.Commitment(opening), read.Commitment);
            Assert.Equal(read, FieldOpening.Read(read.Disclosure));
            Assert.Equal((before, after), (FieldOpening.Read(read.Disclosure)!.Before, FieldOpening.Read(read.Disclosure)!.After));
        });

    [Theory]
    [InlineData(1)]
    [InlineData(JournalBytes.MostCommitments)]
    [InlineData(JournalBytes.MostCommitments + 1)]
    [InlineData(5_000)]
    public void Openings_open_an_entry_with_few_fields_and_with_many(int count)
    {
        var openings = Enumerable.Range(0, count)
            .Select(i => new Opening { EntryId = Guid.Empty, Subject = Guid.Empty, Record = "Item", RecordId = $"{i}", Field = "Title", After = $"标题{i}", Salt = [.. BitConverter.GetBytes(i), .. new byte[12]] })
            .ToList();
        var fact = new Noted { Subject = Guid.Empty, By = new("ann"), At = new(2026, 11, 26, 4, 0, 0, TimeSpan.Zero), Note = "" };
        var leaf = JournalLeaf.Read(JournalBytes.Entry(fact, Guid.Empty, 1, null, null, openings).Body)!;
        var shown = FieldOpening.Of(openings[^1].Salt, $"Item/{count - 1}/Title", null, $"标题{count - 1}");
        var all = count > JournalBytes.MostCommitments ? openings.Select(JournalBytes.Commitment).ToList() : [];

        var read = Openings.Read(new Openings([shown], [], all).ToBytes())!;

        Assert.Equal(count > JournalBytes.MostCommitments ? count : null, leaf.FieldCount);
        Assert.True(read.Opens(read.Fields[0], leaf));
        Assert.False(read.Opens(FieldOpening.Of(openings[^1].Salt, $"Item/{count - 1}/Title", null, "another"), leaf));
        if (all.Count > 0)
        {
            Assert.False((read with { AllFields = [.. all.Skip(1)] }).Opens(shown, leaf));
            Assert.False((read with { AllFields = [.. all.Skip(1), all[1]] }).Opens(shown, leaf));
            Assert.False((read with { AllFields = [] }).Opens(shown, leaf));
        }
    }

    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
