namespace Rectify.Dispatch;

/// <summary>What a later room offers on the page of a return: its workbook. Each room registers its own.</summary>
public interface IReturnLink
{
    /// <summary>A text of the resources, without places.</summary>
    string TextKey { get; }

    /// <returns>An address, or <see langword="null"/> where there is nothing to offer.</returns>
    string? Href(ReturnView view);
}
