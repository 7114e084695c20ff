using System.Globalization;
using System.Text;

namespace Rectify.Proof;

/// <summary>A witness that a policy names.</summary>
/// <param name="Name">What the policy calls it; means nothing outside.</param>
/// <param name="Key">By which its countersignature is checked.</param>
/// <param name="Url">Where it takes checkpoints, if the policy says so.</param>
public sealed record TrustedWitness(string Name, NoteKey Key, string? Url);

/// <summary>A journal that a policy names.</summary>
/// <param name="Key">By which its checkpoints are checked; the key's name is the journal's origin.</param>
/// <param name="Url">Where it is published, if the policy says so.</param>
public sealed record KnownLog(NoteKey Key, string? Url);

/// <summary>Whom a reader trusts: keys of journals, keys of witnesses, and how many of these must have countersigned.</summary>
/// <remarks>
/// Source: C2SP tlog-policy, "Policy file syntax and structure". The file has to be UTF-8, which the specification only recommends.
/// </remarks>
public sealed class WitnessPolicy
{
    /// <summary>The longest file that is read, in bytes.</summary>
    public const int Longest = 256 * 1024;

    private const int MostNames = 256;
    private const string NoneName = "none";

    private WitnessPolicy(IReadOnlyList<KnownLog> logs, IReadOnlyList<TrustedWitness> witnesses, Quorum quorum) =>
        (Logs, Witnesses, Quorum) = (logs, witnesses, quorum);

    /// <summary>The keys of journals, in the order of the file.</summary>
    public IReadOnlyList<KnownLog> Logs { get; }

    /// <summary>The witnesses, in the order of the file.</summary>
    public IReadOnlyList<TrustedWitness> Witnesses { get; }

    /// <summary>Which of them have to countersign.</summary>
    public Quorum Quorum { get; }

    /// <summary>Reads a policy file.</summary>
    /// <exception cref="FormatException">It is malformed; the message names the line.</exception>
    public static WitnessPolicy Parse(ReadOnlySpan<byte> file)
    {
        if (file.Length > Longest || !System.Text.Unicode.Utf8.IsValid(file))
        {
            throw new FormatException("The policy is too long or not UTF-8.");
        }

        var reader = new Reader();
        var number = 0;
        foreach (var line in Encoding.UTF8.GetString(file).Split('\n'))
        {
            number++;
            if (reader.Take(line) is { } wrong)
            {
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Line {number} of the policy: {wrong}"));
            }
        }

        return reader.Finish();
    }

    /// <summary>Reads a policy file.</summary>
    /// <returns><see langword="null"/> if it is malformed.</returns>
    public static WitnessPolicy? Read(ReadOnlySpan<byte> file)
    {
        try
        {
            return Parse(file);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Whether a checkpoint may be believed under this policy.</summary>
    public PolicyResult Check(ReadOnlySpan<byte> note)
    {
        if (SignedNote.Read(note) is not { } signed || Checkpoint.Read(signed.Text) is not { } checkpoint)
        {
            return new(PolicyOutcome.NotACheckpoint);
        }

        // A key speaks only for the journal whose name it carries, or one journal could sign for another.
        var logs = signed.Check(Logs.Select(log => log.Key).Where(key => key.Name == checkpoint.Origin));
        var witnesses = signed.Check(Witnesses.Select(witness => witness.Key));
        if (logs is null || witnesses is null)
        {
            return new(PolicyOutcome.WrongSignature) { Checkpoint = checkpoint };
        }

        var names = witnesses.Select(good => Witnesses.First(witness => witness.Key == good.Key)).ToList();
        return new(
            logs.Count == 0 ? PolicyOutcome.NotSigned
            : Quorum.IsMetBy(names.Select(witness => witness.Name).ToHashSet(StringComparer.Ordinal)) ? PolicyOutcome.Met
            : PolicyOutcome.TooFewWitnesses)
        {
            Checkpoint = checkpoint,
            Logs = logs,
            Witnesses = witnesses,
        };
    }

    private sealed class Reader
    {
        private readonly List<KnownLog> logs = [];
        private readonly List<TrustedWitness> witnesses = [];
        private readonly Dictionary<string, Quorum> names = new(StringComparer.Ordinal);
        private readonly HashSet<string> members = new(StringComparer.Ordinal);
        private Quorum? quorum;

        // What is wrong with the line, or nothing.
        public string? Take(string line) => line.Any(c => c < ' ' && c != '\t') || line.Contains('\x7f', StringComparison.Ordinal)
            ? "a control character"
            : line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) switch
            {
                [] => null,
                [var first, ..] when first.StartsWith('#') => null,
                ["log", var key] => Log(key, null),
                ["log", var key, var url] => Log(key, url),
                ["witness", var name, var key] => Witness(name, key, null),
                ["witness", var name, var key, var url] => Witness(name, key, url),
                ["group", var name, var count, .. var of] when of.Length > 0 => Group(name, count, of),
                ["quorum", var name] => SetQuorum(name),
                _ => "not a line of a policy",
            };

        public WitnessPolicy Finish() =>
            new(logs, witnesses, quorum ?? throw new FormatException("The policy says no quorum."));

        private string? Log(string text, string? url)
        {
            if (!NoteKey.TryParse(text, out var key) || key.Algorithm == NoteAlgorithms.Cosignature)
            {
                return "not the key of a journal, or of a kind that is not known";
            }

            if (logs.Count == MostNames || logs.Exists(log => log.Key.IsSameKey(key)))
            {
                return "this key stands here twice, or there are too many";
            }

            logs.Add(new(key, url));
            return null;
        }

        private string? Witness(string name, string text, string? url)
        {
            if (!NoteKey.TryParse(text, out var key) || key.Algorithm != NoteAlgorithms.Cosignature)
            {
                return "not the key of a witness, or of a kind that is not known";
            }

            if (witnesses.Exists(witness => witness.Key.IsSameKey(key)))
            {
                return "this key stands here twice";
            }

            witnesses.Add(new(name, key, url));
            return Name(name, Quorum.Of(name));
        }

        private string? Group(string name, string count, string[] of)
        {
            var needed = count switch { "all" => of.Length, "any" => 1, _ => Strict.Number(count) ?? 0 };
            if (needed < 1 || needed > of.Length)
            {
                return "a group needs all, any or a number from 1 to that of its members";
            }

            if (of.FirstOrDefault(member => !names.ContainsKey(member)) is { } unknown)
            {
                return $"{unknown} is not defined before";
            }

            // Else one witness would count in two ways.
            if (of.FirstOrDefault(member => !members.Add(member)) is { } again)
            {
                return $"{again} is a member twice";
            }

            return Name(name, Quorum.Of((int)needed, [.. of.Select(member => names[member])]));
        }

        private string? SetQuorum(string name)
        {
            if (quorum is not null)
            {
                return "a second quorum";
            }

            quorum = name == NoneName ? Quorum.None : names.GetValueOrDefault(name);
            return quorum is null ? $"{name} is not defined before" : null;
        }

        private string? Name(string name, Quorum meaning) =>
            name == NoneName || names.Count == MostNames || !names.TryAdd(name, meaning) ? $"{name} is taken, or there are too many" : null;
    }
}
