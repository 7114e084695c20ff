using System.Globalization;
using Rectify.Platform.Text;
using Rectify.Platform.Web;

namespace Rectify.Evidence;

/// <summary>The fields of a piece of evidence as they were typed, so that a refused form comes back whole.</summary>
public sealed class PieceForm
{
    public string Title { get; set; } = "";

    public string Kind { get; set; } = "";

    public string EffectiveOn { get; set; } = "";

    public string Issuer { get; set; } = "";

    public string Number { get; set; } = "";

    public string Place { get; set; } = "";

    public string Latitude { get; set; } = "";

    public string Longitude { get; set; } = "";

    public string Datum { get; set; } = "";

    public string From { get; set; } = "";

    public string To { get; set; } = "";

    public static PieceForm Of(Func<string, string> posted) => new()
    {
        Title = posted("title").Trim(),
        Kind = posted("kind"),
        EffectiveOn = posted("effective"),
        Issuer = posted("issuer").Trim(),
        Number = posted("number").Trim(),
        Place = posted("place").Trim(),
        Latitude = posted("latitude").Trim(),
        Longitude = posted("longitude").Trim(),
        Datum = posted("datum"),
        From = posted("from"),
        To = posted("to"),
    };

    public static PieceForm Of(PieceDetails details) => new()
    {
        Title = details.Title,
        Kind = $"{details.Kind}",
        EffectiveOn = Day(details.EffectiveOn),
        Issuer = details.Issuer,
        Number = details.Number,
        Place = details.Place,
        Latitude = Degrees(details.Spot?.LatitudeDegrees),
        Longitude = Degrees(details.Spot?.LongitudeDegrees),
        Datum = $"{details.Spot?.Datum}",
        From = Day(details.From),
        To = Day(details.To),
    };

    /// <summary>What was typed, where it can be understood; what cannot be goes into <paramref name="errors"/>.</summary>
    public PieceDetails? Read(FormErrors errors, Words words)
    {
        var before = errors.All.Count;
        DateOnly? DayOf(string field, string text)
        {
            if (text.Length > 0 && !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            {
                errors.Add(field, words["evidence.error.day", text]);
            }

            return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        }

        if (!Enum.TryParse<PieceKind>(Kind, out var kind) || !Enum.IsDefined(kind))
        {
            errors.Add("kind", words["evidence.error.kind"]);
        }

        Spot? spot = null;
        if (Latitude.Length > 0 || Longitude.Length > 0)
        {
            if (decimal.TryParse(Latitude, NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude) && latitude is >= -90 and <= 90
                && decimal.TryParse(Longitude, NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude) && longitude is >= -180 and <= 180)
            {
                spot = Spot.Of(latitude, longitude, Enum.TryParse<Datum>(Datum, out var datum) && Enum.IsDefined(datum) ? datum : Evidence.Datum.Wgs84);
            }
            else
            {
                errors.Add("latitude", words["refusal.evidence.spot"]);
            }
        }

        var details = new PieceDetails(
            Title, kind, DayOf("effective", EffectiveOn), Issuer, Number, Place, spot, DayOf("from", From), DayOf("to", To));
        return errors.All.Count == before ? details : null;
    }

    /// <summary>The field that a refusal is about.</summary>
    public static string FieldOf(string code) => code switch
    {
        "evidence.title" => "title",
        "evidence.future" => "effective",
        "evidence.period" => "from",
        "evidence.long" => "issuer",
        "evidence.spot" => "latitude",
        "evidence.items" or "evidence.programmes" or "evidence.not-responsible" => "items",
        "evidence.reason" => "reason",
        _ => "files",
    };

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static string Degrees(decimal? degrees) => degrees?.ToString("0.#######", CultureInfo.InvariantCulture) ?? "";
}
