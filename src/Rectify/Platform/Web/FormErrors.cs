namespace Rectify.Platform.Web;

/// <summary>What a posted form got wrong: field ids and messages, in the order in which they were found.</summary>
public sealed class FormErrors
{
    private readonly List<(string Field, string Message)> found = [];

    public bool Any => found.Count > 0;

    public IReadOnlyList<(string Field, string Message)> All => found;

    /// <param name="field">The id of the input that the message is about; the summary links to it.</param>
    /// <param name="message">What is wrong, with the value, and what to do.</param>
    public void Add(string field, string message) => found.Add((field, message));

    public string? For(string field) => found.Find(error => error.Field == field).Message;
}
