using Rectify.Platform.Text;

namespace Rectify.Platform.Identity;

/// <summary>What a try to sign in is told, in the reader's language.</summary>
internal static class Answers
{
    public static string Say(Words words, SignInAnswer answer) => answer switch
    {
        SignInAnswer.Wrong wrong => words["signin.wrong", wrong.Left],
        SignInAnswer.Locked locked => words["signin.locked", locked.Until],
        SignInAnswer.Disabled => words["signin.disabled"],
        SignInAnswer.PasskeyUnknown => words["signin.passkey.unknown"],
        _ => "",
    };
}
