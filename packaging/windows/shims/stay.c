/* Test-only: a program without a window that keeps wine's virtual desktop, which goes with the last program on it. */
#include <windows.h>

int WINAPI WinMain(HINSTANCE instance, HINSTANCE previous, LPSTR arguments, int show)
{
    GetDesktopWindow();
    Sleep(INFINITE);
    return 0;
}
