namespace Rectify.Charts;

/// <summary>Which colours the inks are: the values of <c>tokens.css</c>, for paper and for the dark wall.</summary>
internal sealed class Theme
{
    private readonly string[] colours;

    private Theme(string name, params (Ink Ink, string Colour)[] inks)
    {
        Name = name;
        colours = new string[Enum.GetValues<Ink>().Length];
        Array.Fill(colours, "none");
        foreach (var (ink, colour) in inks)
        {
            colours[(int)ink] = colour;
        }
    }

    public static Theme Paper { get; } = new(
        "paper",
        (Ink.Paper, "#ffffff"), (Ink.Wash, "#eef2f5"), (Ink.Text, "#1a2530"), (Ink.Second, "#46535f"), (Ink.Line, "#dde3e8"), (Ink.Rule, "#7b8793"), (Ink.Link, "#0d5a8c"), (Ink.Grey, "#7b8793"),
        (Ink.Green, "#2f8f5b"), (Ink.Yellow, "#e2a20c"), (Ink.Red, "#c8281f"), (Ink.Deep, "#135c40"), (Ink.Blue, "#3079b8"), (Ink.Outline, "#7d4e00"), (Ink.OnFill, "#ffffff"),
        (Ink.GreenWash, "#e4f3ea"), (Ink.YellowWash, "#fdf2d6"), (Ink.RedWash, "#fcebe9"), (Ink.BlueWash, "#e3eff9"), (Ink.DeepWash, "#dcefe5"));

    public static Theme Wall { get; } = new(
        "wall",
        (Ink.Paper, "#0e1a24"), (Ink.Wash, "#1b2d3b"), (Ink.Text, "#eef3f6"), (Ink.Second, "#b9c7d1"), (Ink.Line, "#2a3f4f"), (Ink.Rule, "#8496a3"), (Ink.Link, "#eef3f6"), (Ink.Grey, "#8496a3"),
        (Ink.Green, "#57b883"), (Ink.Yellow, "#efb42b"), (Ink.Red, "#e5493d"), (Ink.Deep, "#2f8f63"), (Ink.Blue, "#5aa3da"), (Ink.Outline, "#f4c75a"), (Ink.OnFill, "#ffffff"),
        (Ink.GreenWash, "#163328"), (Ink.YellowWash, "#3a2f12"), (Ink.RedWash, "#421d1b"), (Ink.BlueWash, "#173247"), (Ink.DeepWash, "#1c4a38"));

    public string Name { get; }

    /// <summary><c>#rrggbb</c>, or <c>none</c>.</summary>
    public string this[Ink ink] => colours[(int)ink];

    /// <summary>Red, green and blue, 0 to 255.</summary>
    public (byte Red, byte Green, byte Blue) Rgb(Ink ink)
    {
        var number = Convert.ToInt32(this[ink][1..], 16);
        return ((byte)(number >> 16), (byte)(number >> 8), (byte)number);
    }
}
