using System.Text;
using Rectify.Proof;

namespace Rectify.Tests.Proof;

public sealed class WitnessRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 4, 0, 0, TimeSpan.Zero);
    private static readonly NoteSigner Log = NoteSigner.Generate(MadeJournal.Origin, NoteAlgorithms.Ed25519);

    [Fact]
    public void Answers_the_published_requests_as_it_must()
    {
        var vectors = Vectors.Read("witness-add-checkpoint");
        NoteKey[] keys = [NoteKey.Parse(vectors.Text("log_vkey"))];
        Checkpoint? last = null;
        Assert.All(vectors.Of("cases"), one =>
        {
            var body = Encoding.UTF8.GetBytes(one.Text("request"));
            var request = AddCheckpoint.Read(body, out var wrong);
            var answer = request is null ? new(400, wrong) : WitnessRules.Refuses(request, keys) ?? WitnessRules.Follows(request, last);
            Assert.Equal(one.Number("status"), answer.Status);
            if (answer.Status == 200)
            {
                Assert.Equal(body, request!.ToBytes());
                last = request.Checkpoint;
            }
            else
            {
                Assert.Contains(one.Text("body_contains").Trim(), answer.Why, StringComparison.Ordinal);
            }
        });
        Assert.Equal(5, last!.Size);
    }

    [Fact]
    public void Follows_the_further_rules()
    {
        var (three, five) = (MadeJournal.Of(3), MadeJournal.Of(5));
        var empty = MadeJournal.Of(0).Checkpoint;
        byte[][] path = [.. Merkle.ConsistencyPath(five.Leaves, 3)];

        Assert.Equal(200, Answer(Request(0, five.Checkpoint), null));
        Assert.Equal(200, Answer(Request(0, empty), null));
        Assert.Equal(200, Answer(Request(0, five.Checkpoint), empty));
        Assert.Equal(422, Answer(Request(0, five.Checkpoint, path), null));
        Assert.Equal(422, Answer(Request(0, new(MadeJournal.Origin, 0, new byte[32])), null));
        Assert.Equal(200, Answer(Request(3, three.Checkpoint), three.Checkpoint));
        Assert.Equal(422, Answer(Request(3, three.Checkpoint, path[0]), three.Checkpoint));
        Assert.Equal(422, Answer(Request(3, new(MadeJournal.Origin, 3, new byte[32])), three.Checkpoint));
        Assert.Equal(400, Answer(Request(6, five.Checkpoint), five.Checkpoint));
        Assert.Equal(200, Answer(Request(3, five.Checkpoint, path), three.Checkpoint));
        Assert.Equal(422, Answer(Request(3, five.Checkpoint, path[..^1]), three.Checkpoint));
        Assert.Equal(409, Answer(Request(3, five.Checkpoint, path), five.Checkpoint));
        Assert.Equal(409, Answer(Request(0, three.Checkpoint), five.Checkpoint));
    }

    [Fact]
    public void A_request_beyond_the_limits_or_with_extension_lines_is_malformed()
    {
        var five = MadeJournal.Of(5).Checkpoint;
        var longest = Encoding.UTF8.GetString(Request(3, five, [.. Enumerable.Repeat(new byte[32], 63)]).ToBytes());
        var hash = Convert.ToBase64String(new byte[32]);
        Assert.NotNull(Read(longest));
        Assert.Null(Read(longest.Replace("old 3\n", $"old 3\n{hash}\n", StringComparison.Ordinal)));
        Assert.Null(Read(longest.Replace("old 3", "old 03", StringComparison.Ordinal)));
        Assert.Null(Read(longest.Replace("old 3", "old  3", StringComparison.Ordinal)));
        Assert.Null(Read(longest.Replace("old 3", "new 3", StringComparison.Ordinal)));
        Assert.Null(Read(longest.Replace(hash + "\n\n", hash + "\n", StringComparison.Ordinal)));
        Assert.Null(Read(longest.Replace(hash + "\n\n", hash + "\nAA==\n\n", StringComparison.Ordinal)));

        var extended = SignedNote.Sign(five.Text + "extension\n", Noon, Log);
        Assert.Null(AddCheckpoint.Read(Encoding.UTF8.GetBytes($"old 0\n\n{extended}"), out var wrong));
        Assert.Equal("invalid checkpoint", wrong);
    }

    private static AddCheckpoint? Read(string body) => AddCheckpoint.Read(Encoding.UTF8.GetBytes(body), out _);

    private static AddCheckpoint Request(long old, Checkpoint checkpoint, params byte[][] path) =>
        new(old, path, SignedNote.Sign(checkpoint.Text, Noon, Log), checkpoint);

    private static int Answer(AddCheckpoint request, Checkpoint? last) =>
        (WitnessRules.Refuses(request, [Log.Key]) ?? WitnessRules.Follows(request, last)).Status;
}
