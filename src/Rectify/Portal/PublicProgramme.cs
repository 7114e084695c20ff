using System.Text.Json;
using Rectify.Platform;
using Rectify.Platform.Text;

namespace Rectify.Portal;

/// <summary>What the public sees of a programme as a whole, and whether it sees anything: off until its office opens it.</summary>
public sealed class PublicProgramme
{
    private PublicProgramme() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public Guid ProgrammeId { get; private init; }

    /// <summary>The programme's code, part of its public addresses.</summary>
    public string Code { get; private init; } = "";

    /// <summary>While it is not, nothing of the programme is reached by any door.</summary>
    public bool IsOpen { get; private set; }

    public string Title { get; private set; } = "";

    /// <summary>主办: the body that answers for the pages.</summary>
    public string Host { get; private set; } = "";

    /// <summary>A telephone number, as 12369.</summary>
    public string Hotline { get; private set; } = "";

    /// <summary>The plan as the public reads it, its withheld passages masked; empty for none.</summary>
    public string PlanText { get; private set; } = "";

    /// <summary>The same with nothing withheld, for the office alone.</summary>
    public string PlanOriginal { get; private set; } = "";

    /// <summary>JSON of the passages that are withheld, for the office alone.</summary>
    public string PlanWithheld { get; private set; } = "[]";

    /// <summary>The number of the approved version of the plan whose text it is; <see langword="null"/> where the programme has none.</summary>
    public int? PlanNo { get; private set; }

    /// <summary>The day on which that version was approved.</summary>
    public DateOnly? PlanApprovedOn { get; private set; }

    /// <summary>The licence of the open data.</summary>
    public string Licence { get; private set; } = "";

    /// <summary>Where the licence stands; empty, or an https address.</summary>
    public string LicenceUrl { get; private set; } = "";

    public DateTimeOffset ChangedAt { get; private set; }

    public int Version { get; private set; }

    public PublicSettings Settings => new(IsOpen, Title, Host, Hotline, PlanOriginal.Length > 0 ? PlanOriginal : PlanText, Licence, LicenceUrl)
    {
        PlanMasks = PlanWithheld.Length > 0 ? JsonSerializer.Deserialize<List<Mask>>(PlanWithheld)! : [],
        PlanNo = PlanNo,
    };

    internal static PublicProgramme Create(Guid programme, string code) => new() { ProgrammeId = programme, Code = code };

    /// <param name="approved">The day on which the version was approved whose text the plan is.</param>
    /// <exception cref="Refusal">422: a text of the wrong length, a licence's address that is none, or a passage to be withheld that stands nowhere in the plan.</exception>
    internal void Take(PublicSettings settings, DateTimeOffset now, DateOnly? approved = null)
    {
        var clean = settings.Checked();
        var masking = new Masking(clean.PlanMasks);
        (IsOpen, Title, Host, Hotline, PlanText, Licence, LicenceUrl) = (clean.Open, clean.Title, clean.Host, clean.Hotline, masking.Apply(clean.PlanText), clean.Licence, clean.LicenceUrl);
        masking.DemandFound();
        (PlanOriginal, PlanWithheld, PlanNo, PlanApprovedOn) = (clean.PlanText, JsonSerializer.Serialize(masking.Masks), clean.PlanText.Length > 0 ? clean.PlanNo : null, clean.PlanText.Length > 0 ? approved : null);
        ChangedAt = now;
        Version++;
    }
}

/// <summary>What an office states of its public pages.</summary>
/// <param name="Title">1 to 200 characters.</param>
/// <param name="Host">At most 200 characters.</param>
/// <param name="Hotline">At most 60 characters.</param>
/// <param name="PlanText">With nothing withheld; at most 500,000 characters.</param>
/// <param name="Licence">1 to 100 characters.</param>
/// <param name="LicenceUrl">Empty, or an https address of at most 300 characters.</param>
public sealed record PublicSettings(bool Open, string Title, string Host = "", string Hotline = "", string PlanText = "", string Licence = PublicSettings.UsualLicence, string LicenceUrl = "")
{
    public const string UsualLicence = "CC BY 4.0";

    public const string UsualLicenceUrl = "https://creativecommons.org/licenses/by/4.0/";

    /// <summary>Passages of the plan that the public does not read.</summary>
    public IReadOnlyList<Mask> PlanMasks { get; init; } = [];

    /// <summary>The number of the approved version of the plan whose text it is: needed where the programme has one.</summary>
    public int? PlanNo { get; init; }

    internal PublicSettings Checked()
    {
        var clean = this with
        {
            Title = Title.Trim(),
            Host = Host.Trim(),
            Hotline = Hotline.Trim(),
            PlanText = PlanText.ReplaceLineEndings("\n").Trim(),
            Licence = Licence.Trim(),
            LicenceUrl = LicenceUrl.Trim(),
        };
        return clean.Title.Length is < 1 or > 200 ? throw Refusal.Invalid("portal.title", "A title has 1 to 200 characters.")
            : clean.Host.Length > 200 || clean.Hotline.Length > 60 || clean.PlanText.Length > 500_000
                ? throw Refusal.Invalid("portal.long", "The host has at most 200 characters, a telephone number 60, the plan's text 500,000.")
            : clean.Licence.Length is < 1 or > 100 || clean.LicenceUrl.Length > 300 || !IsAddress(clean.LicenceUrl)
                ? throw Refusal.Invalid("portal.licence", "A licence has 1 to 100 characters; its address begins with https:// and has at most 300.")
            : clean;
    }

    private static bool IsAddress(string url) => url.Length == 0 || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps);
}
