namespace Rectify.Publishing;

/// <summary>Where and how the journal is published; under <c>Publishing</c> in the configuration. Without a folder and a bucket it is not.</summary>
public sealed class PublishingOptions
{
    /// <summary>The folder in which <c>checkpoint</c> and <c>tile</c> lie; or else <see cref="S3"/>.</summary>
    public string? Folder { get; set; }

    public S3Options S3 { get; set; } = new();

    /// <summary>The file of the journal's private key; <c>journal.key</c> in the data folder unless set.</summary>
    public string? Key { get; set; }

    /// <summary>The file of the private key of the second signature, SM2; no second signature if there is no such file.</summary>
    public string? Sm2Key { get; set; }

    /// <summary>Seconds between two checkpoints, if there is something new.</summary>
    public int EverySeconds { get; set; } = 2;

    /// <summary>A policy file that names this journal, its witnesses with their addresses, and the quorum. Without one nobody countersigns.</summary>
    public string? Policy { get; set; }

    /// <summary>Seconds that a witness or an authority may take to answer.</summary>
    public int AnswerSeconds { get; set; } = 10;

    public TimeStampOptions TimeStamps { get; set; } = new();

    /// <summary>Hours between two readings of everything that was published.</summary>
    public int CheckHours { get; set; } = 24;

    public bool IsOn => !string.IsNullOrEmpty(Folder) || !string.IsNullOrEmpty(S3.Bucket);
}

/// <summary>A store of objects that speaks S3. Keys belong into the environment: <c>Publishing__S3__SecretKey</c>.</summary>
public sealed class S3Options
{
    /// <summary>Such as <c>https://s3.example.org</c>.</summary>
    public string? Url { get; set; }

    /// <summary>The region that requests are signed for.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>Three letters or more; it must be there.</summary>
    public string? Bucket { get; set; }

    /// <summary>What comes before <c>checkpoint</c> and <c>tile/…</c>; empty, or it ends in a slash.</summary>
    public string Prefix { get; set; } = "";

    public string? AccessKey { get; set; }

    public string? SecretKey { get; set; }

    /// <summary>Objects written at the same time.</summary>
    public int AtOnce { get; set; } = 8;
}

/// <summary>An outside authority that says when a checkpoint existed. RFC 3161.</summary>
public sealed class TimeStampOptions
{
    /// <summary>Where it takes questions over HTTP; none is asked if empty.</summary>
    public string? Url { get; set; }

    /// <summary>The file with certificates of the authority, or of who certifies it, PEM.</summary>
    public string? Authorities { get; set; }

    /// <summary>Hours between two time stamps, if there is something new.</summary>
    public int EveryHours { get; set; } = 24;
}
