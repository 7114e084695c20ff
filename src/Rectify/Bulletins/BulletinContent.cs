using System.Text.Json;
using System.Text.Json.Serialization;
using Rectify.Platform.Journal;

namespace Rectify.Bulletins;

/// <summary>A stretch of text.</summary>
public sealed record TextPart(string Text)
{
    /// <summary>The page that lists what it counts; only in a draft.</summary>
    [JsonIgnore] public string? Rows { get; init; }
}

/// <summary>A column of a table.</summary>
/// <param name="Width">Its share of the width.</param>
/// <param name="Figures">Whether it holds figures, which stand at the end.</param>
public sealed record ContentColumn(string Head, double Width, bool Figures = false);

/// <summary>One piece of a bulletin's text: a heading, a paragraph or a table.</summary>
public sealed record ContentBlock
{
    public string? Heading { get; init; }

    public IReadOnlyList<TextPart>? Paragraph { get; init; }

    public string? Caption { get; init; }

    public IReadOnlyList<ContentColumn>? Columns { get; init; }

    public IReadOnlyList<IReadOnlyList<TextPart>>? Rows { get; init; }
}

/// <summary>A bulletin word for word: what its page, its Word file and its PDF alike are made of, and what is kept when it is issued.</summary>
/// <param name="Language">The tag of the language it is written in.</param>
/// <param name="Issue">第13期.</param>
/// <param name="Receivers">报, 送 and 发 with their words, where they have any.</param>
/// <param name="Printed">The date with 印发.</param>
public sealed record BulletinContent(
    string Language, string Mark, string Issue, string Issuer, string Date, string Title, IReadOnlyList<ContentBlock> Body,
    IReadOnlyList<string> Receivers, string Printed, string Copies)
{
    /// <summary>As <see cref="HashSalt"/>; left out in drafts, and in bulletins issued before there was any.</summary>
    public string? Salt { get; init; }

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string ToJson() => JsonSerializer.Serialize(this, Options);

    public static BulletinContent Read(string json) => JsonSerializer.Deserialize<BulletinContent>(json, Options)!;
}
