using System.Text;
using CsCheck;
using Rectify.Proof;

namespace Rectify.Tests.Proof;

public sealed class WitnessPolicyTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 4, 0, 0, TimeSpan.Zero);
    private static readonly NoteSigner Log = NoteSigner.Generate("example.org/journal", NoteAlgorithms.Ed25519);
    private static readonly NoteSigner Second = NoteSigner.Generate("example.org/journal", NoteAlgorithms.Sm2);
    private static readonly NoteSigner[] W = [.. Enumerable.Range(1, 4).Select(i => NoteSigner.Generate($"w{i}.example.org", NoteAlgorithms.Cosignature))];
    private static readonly Checkpoint Seven = new("example.org/journal", 7, new byte[32]);

    private static readonly string TwoOfThree = $"""
        # Whom we trust
        log {Log.Key} https://example.org/journal
        log {Second.Key}

        witness one {W[0].Key} https://w1.example.org
        witness two {W[1].Key}
          witness	three  {W[2].Key}
        group bodies 2 one two three
        quorum bodies

        """;

    [Fact]
    public void Enough_witnesses_make_a_checkpoint_good()
    {
        var policy = Policy(TwoOfThree);
        Assert.Equal((2, 3, 2), (policy.Logs.Count, policy.Witnesses.Count, policy.Quorum.Fewest));
        Assert.Equal("https://w1.example.org", policy.Witnesses[0].Url);

        var met = policy.Check(Note(Log, W[0], W[2]));
        Assert.Equal(PolicyOutcome.Met, met.Outcome);
        Assert.Equal([Noon, Noon], met.Witnesses.Select(witness => witness.At!.Value));
        Assert.Equal(7, met.Checkpoint!.Size);
        Assert.Equal(PolicyOutcome.Met, policy.Check(Note(Second, W[0], W[1], W[2])).Outcome);
        Assert.Equal(PolicyOutcome.TooFewWitnesses, policy.Check(Note(Log, W[1])).Outcome);
        Assert.Equal(PolicyOutcome.TooFewWitnesses, policy.Check(Note(Log, W[1], W[1])).Outcome);
        Assert.Equal(PolicyOutcome.TooFewWitnesses, policy.Check(Note(Log, W[1], W[3])).Outcome);
        Assert.Equal(PolicyOutcome.NotSigned, policy.Check(Note(W[0], W[1], W[2])).Outcome);
        Assert.Equal(PolicyOutcome.NotACheckpoint, policy.Check("nothing"u8).Outcome);
        Assert.Equal(PolicyOutcome.NotACheckpoint, policy.Check(SignedNote.Sign("no checkpoint\n", Noon, Log).ToBytes()).Outcome);
    }

    // A trusted journal must not sign for another one.
    [Fact]
    public void A_key_speaks_for_the_journal_of_its_name_only()
    {
        var other = NoteSigner.Generate("example.org/other", NoteAlgorithms.Ed25519);
        var policy = Policy($"log {Log.Key}\nlog {other.Key}\nquorum none\n");

        Assert.Equal(PolicyOutcome.Met, policy.Check(Note(Log)).Outcome);
        Assert.Equal(PolicyOutcome.NotSigned, policy.Check(Note(other)).Outcome);
    }

    [Fact]
    public void Each_bit_of_a_fully_signed_checkpoint_counts()
    {
        var policy = Policy($"log {Log.Key}\nwitness a {W[0].Key}\nquorum a\n");
        Assert.All(Vectors.Flipped(Note(Log, W[0])), turned => Assert.NotEqual(PolicyOutcome.Met, policy.Check(turned).Outcome));
    }

    [Fact]
    public void Agrees_with_the_published_quorums() => Assert.All(Vectors.Read("cosignature").Of("quorum_cases"), one =>
        Assert.Equal(one.GetProperty("ok").GetBoolean(), Rule(one.Text("rule")).IsMetBy(one.Of("have").Select(name => name.GetString()!).ToHashSet())));

    [Fact]
    public void More_witnesses_never_break_a_quorum_and_fewer_than_the_fewest_never_meet_it() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Bool.Array[6], Gen.Int[0, 5]).Sample((inner, outer, has, more) =>
        {
            string[] names = ["a", "b", "c", "d", "e", "f"];
            var quorum = Quorum.Of(outer, Quorum.Of(inner, [.. names[..3].Select(Quorum.Of)]), Quorum.Of("d"), Quorum.Of(1, Quorum.Of("e"), Quorum.Of("f")));
            var some = names.Where((_, i) => has[i]).ToHashSet();
            var met = quorum.IsMetBy(some);
            return (!met || quorum.IsMetBy(some.Append(names[more]).ToHashSet())) && (!met || some.Count >= quorum.Fewest);
        });

    public static TheoryData<string> Malformed => new(
        "",
        "log x\nquorum none\n",
        $"log {Log.Key}\n",
        $"log {Log.Key}\nlog {Log.Key}\nquorum none\n",
        $"log {W[0].Key}\nquorum none\n",
        $"witness a {Log.Key}\nquorum a\n",
        $"witness a {W[0].Key}\nwitness b {W[0].Key}\nquorum a\n",
        $"witness a {W[0].Key}\nwitness a {W[1].Key}\nquorum a\n",
        $"witness none {W[0].Key}\nquorum none\n",
        $"witness a {W[0].Key}\nquorum b\n",
        $"quorum a\nwitness a {W[0].Key}\n",
        $"witness a {W[0].Key}\ngroup g 2 a\nquorum g\n",
        $"witness a {W[0].Key}\ngroup g 0 a\nquorum g\n",
        $"witness a {W[0].Key}\ngroup g 01 a\nquorum g\n",
        $"witness a {W[0].Key}\ngroup g 18446744073709551617 a\nquorum g\n",
        $"witness a {W[0].Key}\ngroup g any\nquorum g\n",
        $"witness a {W[0].Key}\ngroup g any none\nquorum g\n",
        $"witness a {W[0].Key}\ngroup g any a a\nquorum g\n",
        $"witness a {W[0].Key}\ngroup g any a\ngroup h any a\nquorum g\n",
        $"witness a {W[0].Key}\ngroup g any g\nquorum g\n",
        "quorum none\nquorum none\n",
        "quorum none\nsomething else\n",
        "quorum none\r\n",
        "quorum\0 none\n");

    [Theory, MemberData(nameof(Malformed))]
    public void A_malformed_policy_is_refused(string policy)
    {
        Assert.Null(WitnessPolicy.Read(Encoding.UTF8.GetBytes(policy)));
        Assert.Throws<FormatException>(() => WitnessPolicy.Parse(Encoding.UTF8.GetBytes(policy)));
    }

    [Fact]
    public void Names_are_compared_byte_by_byte()
    {
        Assert.Null(WitnessPolicy.Read(Encoding.UTF8.GetBytes($"witness K {W[0].Key}\nquorum \u212a\n")));
        Assert.NotNull(WitnessPolicy.Read(Encoding.UTF8.GetBytes($"witness \u89c1\u8bc1\u4eba {W[0].Key}\nquorum \u89c1\u8bc1\u4eba\n")));
        Assert.Null(WitnessPolicy.Read([0xff, .. "quorum none\n"u8]));
    }

    private static WitnessPolicy Policy(string text) => WitnessPolicy.Parse(Encoding.UTF8.GetBytes(text));

    private static byte[] Note(params NoteSigner[] signers) => SignedNote.Sign(Seven.Text, Noon, signers).ToBytes();

    // "2 of [w1, 1 of [w2,w3]]"
    private static Quorum Rule(string rule)
    {
        if (!rule.Contains(" of [", StringComparison.Ordinal))
        {
            return Quorum.Of(rule.Trim());
        }

        var (count, members) = (int.Parse(rule.Split(" of ")[0], null), rule[(rule.IndexOf('[', StringComparison.Ordinal) + 1)..^1]);
        var (parts, depth, from) = (new List<string>(), 0, 0);
        for (var i = 0; i <= members.Length; i++)
        {
            if (i == members.Length || (members[i] == ',' && depth == 0))
            {
                parts.Add(members[from..i].Trim());
                from = i + 1;
            }
            else
            {
                depth += members[i] switch { '[' => 1, ']' => -1, _ => 0 };
            }
        }

        return Quorum.Of(count, [.. parts.Select(Rule)]);
    }
}
