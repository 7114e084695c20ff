using System.ComponentModel.DataAnnotations;

namespace Rectify.Notifications;

/// <summary>How the line to the mail server is kept private.</summary>
public enum MailSecurity
{
    /// <summary>Not at all: for a server on the same machine.</summary>
    None,

    /// <summary>STARTTLS, and nothing is sent without it; usually port 587.</summary>
    StartTls,

    /// <summary>TLS from the first byte; usually port 465.</summary>
    Tls,
}

/// <summary>The mail server; under <c>Mail</c> in the configuration. Without a host no mail is made.</summary>
public sealed class MailOptions : IValidatableObject
{
    /// <summary>Name or address of the SMTP server; empty for no mail.</summary>
    public string Host { get; set; } = "";

    [Range(1, 65_535)]
    public int Port { get; set; } = 587;

    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    /// <summary>Empty where the server asks for none.</summary>
    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>The sender's address; its part after the @ is that of every Message-ID too.</summary>
    public string From { get; set; } = "";

    /// <summary>This site as readers reach it, as <c>https://zg.example.gov.cn</c>: links of mails and of calendars begin with it.</summary>
    public string Site { get; set; } = "";

    /// <summary>The hour of the day, legal time, from which digests are made: 0 to 23.</summary>
    [Range(0, 23)]
    public int DigestHour { get; set; } = 8;

    /// <summary>Seconds to wait for each answer of the server.</summary>
    [Range(1, 120)]
    public int AnswerSeconds { get; set; } = 60;

    public bool IsOn => Host.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsOn && !System.Net.Mail.MailAddress.TryCreate(From, out _))
        {
            yield return new("Mail:From has to be a mail address once Mail:Host is set.");
        }

        if (IsOn && !(Uri.TryCreate(Site, UriKind.Absolute, out var site) && site.Scheme is "https" or "http"))
        {
            yield return new("Mail:Site has to be this site's address, as https://zg.example.gov.cn, once Mail:Host is set.");
        }
    }
}
