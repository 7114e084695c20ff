using System.Text;
using Rectify.Platform;
using Rectify.Platform.Files;
using Rectify.Proof;

namespace Rectify.Publishing;

/// <summary>The private keys that sign checkpoints, and whom readers shall trust. Read once, when the product starts.</summary>
/// <remarks>A key stands in a file that only its owner can read, and in no backup: whoever has it can sign another history.</remarks>
public sealed class JournalKeys
{
    private JournalKeys(IReadOnlyList<INoteSigner> signers, byte[] policyFile, WitnessPolicy policy) =>
        (Signers, PolicyFile, Policy) = (signers, policyFile, policy);

    /// <summary>The Ed25519 key, and the SM2 key if there is one.</summary>
    public IReadOnlyList<INoteSigner> Signers { get; }

    /// <summary>The journal's name for ever.</summary>
    public string Origin => Signers[0].Key.Name;

    public IReadOnlyList<NoteKey> Keys => [.. Signers.Select(signer => signer.Key)];

    /// <summary>What goes with each proof: the journal's keys, the witnesses, the quorum.</summary>
    public byte[] PolicyFile { get; }

    public WitnessPolicy Policy { get; }

    /// <exception cref="Refusal">422: no key, or a policy that cannot be used.</exception>
    public static JournalKeys Load(PublishingOptions options, DataOptions data)
    {
        var first = Read(options.Key ?? Path.Combine(data.Folder, "journal.key"), NoteAlgorithms.Ed25519);
        var second = options.Sm2Key is { Length: > 0 } path ? Read(path, NoteAlgorithms.Sm2) : null;
        return Of(second is null ? [first] : [first, second], string.IsNullOrEmpty(options.Policy) ? null : ReadPolicy(options.Policy));
    }

    /// <param name="policyFile">Names the journal, its witnesses and the quorum; <see langword="null"/> if nobody countersigns.</param>
    /// <exception cref="Refusal">422: the policy cannot be used.</exception>
    public static JournalKeys Of(IReadOnlyList<INoteSigner> signers, byte[]? policyFile)
    {
        policyFile ??= Encoding.UTF8.GetBytes($"{string.Concat(signers.Select(signer => $"log {signer.Key}\n"))}quorum none\n");
        try
        {
            var policy = WitnessPolicy.Parse(policyFile);
            var missing = signers.FirstOrDefault(signer => !policy.Logs.Any(log => log.Key.ToString() == signer.Key.ToString()));
            return missing is null
                ? new(signers, policyFile, policy)
                : throw Refusal.Invalid("publishing.policy-key", $"The policy does not name this journal. Add the line: log {missing.Key}", missing.Key.ToString());
        }
        catch (FormatException no)
        {
            throw Refusal.Invalid("publishing.policy", $"The policy file cannot be used. {no.Message}", no.Message);
        }
    }

    /// <summary>Makes a new private key in a file that only its owner can read.</summary>
    /// <param name="origin">The journal's name for ever: its public address without the scheme.</param>
    /// <param name="sm2">The key of the second signature.</param>
    /// <exception cref="Refusal">409: there is such a file. 422: no journal may be called so.</exception>
    public static async Task<NoteKey> MakeAsync(string path, string origin, bool sm2, CancellationToken ct)
    {
        if (!NoteKey.IsName(origin))
        {
            throw Refusal.Invalid("publishing.origin", "A journal's name has no space, no plus and no control character.");
        }

        if (File.Exists(path))
        {
            throw Refusal.Conflict("publishing.key-exists", $"{path} is there already, and a key is never overwritten.", path);
        }

        var signer = NoteSigner.Generate(origin, sm2 ? NoteAlgorithms.Sm2 : NoteAlgorithms.Ed25519);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var file = new FileStream(path, options);
        await file.WriteAsync(Encoding.UTF8.GetBytes(signer.ToSecret() + "\n"), ct);
        file.Flush(flushToDisk: true);
        return signer.Key;
    }

    private static NoteSigner Read(string path, INoteAlgorithm algorithm) =>
        File.Exists(path) && NoteSigner.Read(File.ReadAllText(path).TrimEnd('\n')) is { } signer && signer.Key.Algorithm == algorithm
            ? signer
            : throw Refusal.Invalid("publishing.key", $"{path} is not the private key of a journal ({algorithm.Id}). Make one with: rectify journal key", path, algorithm.Id);

    private static byte[] ReadPolicy(string path) => File.Exists(path)
        ? File.ReadAllBytes(path)
        : throw Refusal.Invalid("publishing.policy", $"The policy file cannot be used. There is no file {path}.", $"There is no file {path}.");
}
