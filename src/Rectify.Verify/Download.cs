using System.Globalization;
using Rectify.Proof;

namespace Rectify.Verify;

/// <summary>Files of a download, each read within its limit.</summary>
internal static class Download
{
    /// <summary>Reads a file that must be there.</summary>
    /// <returns><see langword="null"/> if it is not, or is too large; the verdict says so then.</returns>
    public static byte[]? Need(string path, int longest, Verdict verdict)
    {
        if (!File.Exists(path))
        {
            verdict.Unreadable("file.none", path);
            return null;
        }

        return Read(path, longest, verdict);
    }

    /// <summary>Reads a file that may be there.</summary>
    public static byte[]? Take(string path, int longest, Verdict verdict) => File.Exists(path) ? Read(path, longest, verdict) : null;

    /// <summary>The policy that the reader named, or else the one that came along; says which.</summary>
    public static WitnessPolicy? Policy(string? named, string folder, Verdict verdict)
    {
        var path = named ?? Path.Combine(folder, "policy");
        if (Need(path, WitnessPolicy.Longest, verdict) is not { } file)
        {
            return null;
        }

        try
        {
            var policy = WitnessPolicy.Parse(file);
            verdict.WithTheirKeys = named is null;
            if (named is null)
            {
                verdict.NotProved("policy.theirs");
            }
            else
            {
                verdict.NotProved("policy.yours", named);
            }

            return policy;
        }
        catch (FormatException no)
        {
            verdict.Unreadable("policy.line", no.Message);
            return null;
        }
    }

    /// <summary>Says what a policy makes of a checkpoint.</summary>
    /// <returns>Whether it may be believed.</returns>
    public static bool Say(PolicyResult result, WitnessPolicy policy, string file, Verdict verdict)
    {
        if (result.Outcome == PolicyOutcome.NotACheckpoint)
        {
            verdict.Unreadable("file.malformed", file);
            return false;
        }

        foreach (var log in result.Logs)
        {
            verdict.Proved("checkpoint.signed", log.Key.Name, log.Key.Algorithm.Id);
        }

        foreach (var witness in result.Witnesses)
        {
            verdict.Proved("witness.signed", witness.Key.Name, Time(witness.At!.Value));
        }

        switch (result.Outcome)
        {
            case PolicyOutcome.WrongSignature:
                verdict.Contradicted("checkpoint.wrong");
                break;
            case PolicyOutcome.NotSigned:
                verdict.Contradicted("checkpoint.unsigned");
                break;
            case PolicyOutcome.TooFewWitnesses:
                verdict.Contradicted("witness.few", policy.Quorum.Fewest, result.Witnesses.Count);
                break;
            case PolicyOutcome.Met when policy.Quorum.Fewest > 0:
                verdict.Proved("witness.enough", policy.Quorum.Fewest);
                break;
            case PolicyOutcome.Met:
                verdict.NotProved("witness.none");
                break;
        }

        return result.Outcome == PolicyOutcome.Met;
    }

    /// <summary>An instant for people: UTC, so that all readers see the same.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static byte[]? Read(string path, int longest, Verdict verdict)
    {
        try
        {
            if (new FileInfo(path).Length <= longest)
            {
                return File.ReadAllBytes(path);
            }

            verdict.Unreadable("file.large", path);
        }
        catch (Exception no) when (no is IOException or UnauthorizedAccessException)
        {
            verdict.Unreadable("file.malformed", path);
        }

        return null;
    }
}
